import Accounts
import Synchronization

/// What the delivery loop has to look at next, gathered from tasks and signals.
///
/// Many pieces of news that come while the loop is busy wake it once.
final class DeliveryNews: Sendable {
    /// What came since the last look.
    struct Digest {
        var ended: [MailID: DeliveryOutcome] = [:]
        var alarmRang = false
        var isRetry = false
        var stops = false
        var graceIsOver = false
    }

    /// Yields once for any number of pieces of news; ends when the loop's task is cancelled.
    let wakes: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation
    private let digest = Mutex(Digest())

    init() {
        (wakes, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Mail may have arrived.
    func wake() { continuation.yield() }

    /// Somebody had mail tried now.
    func retry() {
        digest.withLock { $0.isRetry = true }
        continuation.yield()
    }

    func ended(_ mail: MailID, _ outcome: DeliveryOutcome) {
        digest.withLock { $0.ended[mail] = outcome }
        continuation.yield()
    }

    func alarmRang() {
        digest.withLock { $0.alarmRang = true }
        continuation.yield()
    }

    func stop() {
        digest.withLock { $0.stops = true }
        continuation.yield()
    }

    func graceIsOver() {
        digest.withLock { $0.graceIsOver = true }
        continuation.yield()
    }

    func take() -> Digest {
        digest.withLock { digest in
            let taken = digest
            digest = Digest()
            return taken
        }
    }
}
