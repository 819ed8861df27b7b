import Synchronization

/// Signals that mail arrived, to whoever listens.
final class Arrivals: Sendable {
    private let listeners = Mutex<[AsyncStream<Void>.Continuation]>([])

    func stream() -> AsyncStream<Void> {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        listeners.withLock { $0.append(continuation) }
        return stream
    }

    func signal() { for listener in listeners.withLock(\.self) { listener.yield() } }

    func finish() { for listener in listeners.withLock(\.self) { listener.finish() } }
}
