/// The bytes of an answer that wait for the client's windows: tells when a stream should be given no more of it.
struct OutboundBytes {
    /// More is taken when less than the lower number of bytes waits, and no more from the higher one on.
    private static let marks = (low: 32 * 1024, high: 64 * 1024)

    private var waiting = 0
    private(set) var isFull = false

    /// - Returns: whether there are too many now, and were not before.
    mutating func added(_ bytes: Int) -> Bool {
        waiting += bytes
        guard !isFull, waiting >= Self.marks.high else { return false }
        isFull = true
        return true
    }

    /// - Returns: whether there is room again, and was not before.
    mutating func left(_ bytes: Int) -> Bool {
        waiting -= bytes
        guard isFull, waiting <= Self.marks.low else { return false }
        isFull = false
        return true
    }
}
