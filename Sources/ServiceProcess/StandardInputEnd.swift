import Dispatch
import ServiceLifecycle

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Ends when standard input does, so that a process never outlives the parent that started it with a pipe.
public struct StandardInputEnd: Service {
    public init() {}

    public func run() async throws {
        await cancelWhenGracefulShutdown { await Self.reached() }
    }

    /// Returns when standard input has ended, or cannot be read; or when the task is cancelled. Use it once in a process.
    public static func reached() async {
        let (ends, continuation) = AsyncStream.makeStream(of: Void.self)
        // A queue of its own: reading standard input blocks, and nothing can interrupt it.
        DispatchQueue(label: "standard-input-end").async {
            var byte: UInt8 = 0
            while true {
                let count = read(STDIN_FILENO, &byte, 1)
                if count == 0 || (count < 0 && errno != EINTR) { break }
            }
            continuation.finish()
        }
        for await _ in ends {}
    }
}
