import Synchronization

/// Tells whoever delivers mail that there is some.
final class MailArrivals: Sendable {
    private struct Listeners {
        var next = 0
        var continuations: [Int: AsyncStream<Void>.Continuation] = [:]
        var isFinished = false
    }

    private let listeners = Mutex(Listeners())

    /// A signal after each commit that added mail, from now on; several that nobody took become one.
    func stream() -> AsyncStream<Void> {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let number = listeners.withLock { listeners -> Int? in
            guard !listeners.isFinished else { return nil }
            listeners.next += 1
            listeners.continuations[listeners.next] = continuation
            return listeners.next
        }
        guard let number else {
            continuation.finish()
            return stream
        }
        continuation.onTermination = { [weak self] _ in
            _ = self?.listeners.withLock { $0.continuations.removeValue(forKey: number) }
        }
        return stream
    }

    func signal() {
        for continuation in listeners.withLock({ Array($0.continuations.values) }) { continuation.yield() }
    }

    func finish() {
        let continuations = listeners.withLock { listeners in
            listeners.isFinished = true
            return Array(listeners.continuations.values)
        }
        for continuation in continuations { continuation.finish() }
    }
}
