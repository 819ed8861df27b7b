import Accounts
import Synchronization

/// A clock that moves a millisecond with each look, so that ids made one after another sort so.
final class SteppingClock: WallClock {
    private let time: Mutex<Timestamp>

    init(from start: Timestamp) { time = Mutex(start) }

    var now: Timestamp {
        time.withLock { time in
            time = time.adding(.milliseconds(1))
            return time
        }
    }
}
