import NIOCore

/// One connection of the router to a recording node.
struct NodeConnection: Sendable {
    let number: Int
    private let channel: any Channel

    init(number: Int, channel: any Channel) {
        self.number = number
        self.channel = channel
    }

    func send(_ text: String) async throws { try await channel.writeAndFlush(ByteBuffer(string: text)) }

    /// Sends bytes piece by piece, each when the system took the one before, and counts what it took.
    func flood(bytes: Int, sent: Watched<Int>) async throws {
        let piece = ByteBuffer(repeating: UInt8(ascii: "x"), count: 64 * 1024)
        var rest = bytes
        while rest > 0 {
            let length = min(rest, piece.readableBytes)
            try await channel.writeAndFlush(piece.getSlice(at: piece.readerIndex, length: length) ?? piece)
            sent.update { $0 += length }
            rest -= length
        }
    }

    func stopReading() async throws { try await channel.setOption(.autoRead, value: false).get() }

    func beginReading() async throws {
        try await channel.setOption(.autoRead, value: true).get()
        channel.read()
    }

    func close() async throws { try? await channel.close() }

    var isOpen: Bool { channel.isActive }
}
