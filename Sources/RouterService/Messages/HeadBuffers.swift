import NIOCore

/// Buffers in which heads are written, kept to be used again: an allocation for each would cost as much as writing the head.
struct HeadBuffers {
    /// How many wait at most.
    private static let maximumCount = 64
    /// A buffer that has grown above this is not kept.
    private static let maximumCapacity = 16 * 1024
    private static let initialCapacity = 2048

    private var shelf: [ByteBuffer] = []

    /// An empty buffer.
    mutating func take() -> ByteBuffer {
        guard var buffer = shelf.popLast() else { return ByteBufferAllocator().buffer(capacity: Self.initialCapacity) }
        // Allocates where somebody still has these bytes.
        buffer.clear()
        return buffer
    }

    /// Takes back what is handed to a channel, or not needed any more.
    mutating func giveBack(_ buffer: ByteBuffer) {
        guard shelf.count < Self.maximumCount, (1...Self.maximumCapacity).contains(buffer.capacity) else { return }
        shelf.append(buffer)
    }
}
