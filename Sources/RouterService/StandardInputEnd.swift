import NIOPosix
import ServiceLifecycle

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Ends when standard input does, so that a process never outlives the parent that started it with a pipe.
struct StandardInputEnd: Service {
    func run() async throws {
        let (ends, continuation) = AsyncStream.makeStream(of: Void.self)
        // A thread of its own: reading standard input blocks, and nothing can interrupt it.
        let thread = NIOThreadPool(numberOfThreads: 1)
        thread.start()
        thread.submit { _ in
            var byte: UInt8 = 0
            while true {
                let count = read(STDIN_FILENO, &byte, 1)
                if count == 0 || (count < 0 && errno != EINTR) { break }
            }
            continuation.finish()
        }
        await cancelWhenGracefulShutdown { for await _ in ends {} }
    }
}
