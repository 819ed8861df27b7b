import NIOCore

/// Writes down the bytes of a connection before anything reads them.
final class NodeTap: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    /// What is kept of a connection's bytes; a large upload need not be kept whole.
    private static let limit = 1 << 20

    private let record: Watched<RecordingNode.Record>
    private let number: Int

    init(record: Watched<RecordingNode.Record>, number: Int) {
        self.record = record
        self.number = number
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let bytes = unwrapInboundIn(data)
        record.update { record in
            if record.bytes[number, default: []].count < Self.limit {
                record.bytes[number, default: []].append(contentsOf: bytes.readableBytesView)
            }
        }
        context.fireChannelRead(data)
    }

    func channelInactive(context: ChannelHandlerContext) {
        record.update { $0.closed += 1 }
        context.fireChannelInactive()
    }
}
