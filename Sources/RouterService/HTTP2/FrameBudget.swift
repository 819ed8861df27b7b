import NIOCore

/// How often something may happen in a span of time.
struct FrameBudget {
    let limit: Int
    let window: TimeAmount
    private var began = NIODeadline.uptimeNanoseconds(0)
    private var count = 0

    init(limit: Int, window: TimeAmount = HTTP2.window) {
        self.limit = limit
        self.window = window
    }

    /// - Returns: whether it may happen once more.
    mutating func spend(at now: NIODeadline) -> Bool {
        if now - began > window {
            began = now
            count = 0
        }
        count += 1
        return count <= limit
    }
}
