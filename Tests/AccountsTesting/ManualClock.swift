import Accounts
import Synchronization

/// A clock that a test moves.
package final class ManualClock: WallClock {
    private let time = Mutex(Timestamp(milliseconds: 1_795_500_000_000))

    package init() {}

    package var now: Timestamp { time.withLock { $0 } }

    package func advance(by duration: Duration) { time.withLock { $0 = $0.adding(duration) } }
}
