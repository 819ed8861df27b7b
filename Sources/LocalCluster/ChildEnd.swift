import Synchronization

/// The end of one process: whether somebody expects it, whether it has come, and who waits for it.
final class ChildEnd: Sendable {
    private struct State {
        var isExpected = false
        var isReached = false
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())

    var isReached: Bool { state.withLock { $0.isReached } }

    func expect() { state.withLock { $0.isExpected = true } }

    /// - Returns: whether it was expected.
    func reach() -> Bool {
        let (isExpected, waiting) = state.withLock { state in
            state.isReached = true
            defer { state.waiting = [] }
            return (state.isExpected, state.waiting)
        }
        for continuation in waiting { continuation.resume() }
        return isExpected
    }

    func wait() async {
        await withCheckedContinuation { continuation in
            let isReached = state.withLock { state in
                if !state.isReached { state.waiting.append(continuation) }
                return state.isReached
            }
            if isReached { continuation.resume() }
        }
    }
}
