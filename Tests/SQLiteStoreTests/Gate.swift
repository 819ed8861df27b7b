import Dispatch

/// Something that one thread waits at until another opens it.
final class Gate: Sendable {
    private let semaphore = DispatchSemaphore(value: 0)

    func open() { semaphore.signal() }

    /// Blocks the thread, so not for a thread of Swift's pool.
    func wait() { semaphore.wait() }

    /// Waits on a thread of its own.
    func waited() async {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                self.semaphore.wait()
                continuation.resume()
            }
        }
    }
}
