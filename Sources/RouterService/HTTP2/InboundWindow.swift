/// What a client may still send, on a stream or on its connection, and when it is told that there is room for more (RFC 9113,
/// section 6.9).
struct InboundWindow {
    /// The room that there is when nothing waits.
    private let target: Int
    /// The room as the library counts it; nil until it said so.
    private var size: Int?
    /// Bytes that came and that nobody has taken yet: they are given room for when they are taken.
    private var waiting = 0
    /// Room that the client is to be told of, but was not yet.
    private var promised = 0
    private var isClosed = false

    init(target: Int) { self.target = target }

    mutating func received(_ bytes: Int) { waiting += bytes }

    /// - Returns: by how much the window is to be opened; nil for not yet.
    mutating func taken(_ bytes: Int) -> Int? {
        waiting -= bytes
        return increment()
    }

    /// - Returns: by how much the window is to be opened; nil for not yet.
    mutating func changed(to size: Int) -> Int? {
        self.size = size
        return increment()
    }

    /// The client is told of room now.
    mutating func opened(by increment: Int) {
        promised -= increment
        if let size { self.size = size + increment }
    }

    /// Nothing more will come.
    mutating func close() { isClosed = true }

    /// Opens the window in large steps: not before half of it is used.
    private mutating func increment() -> Int? {
        guard let size, !isClosed else { return nil }
        let room = size + waiting + promised
        guard room <= target / 2 else { return nil }
        promised += target - room
        return target - room
    }
}
