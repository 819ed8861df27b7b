import Accounts
import Synchronization

/// A clock that a test moves, and that wakes whoever sleeps by it.
final class ManualTime: WallClock {
    private struct Sleeper {
        let end: Timestamp
        let continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var now = Samples.start
        var sleepers: [Int: Sleeper] = [:]
        var cancelled: Set<Int> = []
        var next = 0
    }

    private let state = Mutex(State())
    /// How long each sleep that begins is to last.
    let sleeps: AsyncStream<Duration>
    private let begun: AsyncStream<Duration>.Continuation

    init() {
        (sleeps, begun) = AsyncStream.makeStream()
    }

    var now: Timestamp { state.withLock { $0.now } }

    func sleep(_ duration: Duration) async throws {
        let number = state.withLock { state in
            state.next += 1
            return state.next
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let isCancelled = state.withLock { state in
                    guard !state.cancelled.contains(number) else { return true }
                    state.sleepers[number] = Sleeper(end: state.now.adding(duration), continuation: continuation)
                    return false
                }
                if isCancelled { continuation.resume(throwing: CancellationError()) }
                begun.yield(duration)
            }
        } onCancel: {
            let sleeper = state.withLock { state in
                state.cancelled.insert(number)
                return state.sleepers.removeValue(forKey: number)
            }
            sleeper?.continuation.resume(throwing: CancellationError())
        }
    }

    func advance(by duration: Duration) {
        let woken = state.withLock { state in
            state.now = state.now.adding(duration)
            let due = state.sleepers.filter { $0.value.end <= state.now }
            for number in due.keys { state.sleepers[number] = nil }
            return due.values
        }
        for sleeper in woken { sleeper.continuation.resume() }
    }

    /// Waits until somebody sleeps, and lets that time pass.
    @discardableResult
    func passNextSleep() async -> Duration? {
        guard let duration = await sleeps.first(where: { _ in true }) else { return nil }
        // Times are whole milliseconds, sleeps are not.
        advance(by: duration + .milliseconds(1))
        return duration
    }
}
