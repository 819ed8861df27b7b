import NIOCore
import NIOHTTP1

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Collects the requests of one connection and answers them.
final class NodeHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = ByteBuffer

    private let record: Watched<RecordingNode.Record>
    private let connection: NodeConnection
    private let onHead: @Sendable (ReceivedRequest) -> NodeAnswer?
    private let answer: @Sendable (ReceivedRequest) -> NodeAnswer
    private var index = 0
    private var isAnswered = false

    init(
        record: Watched<RecordingNode.Record>, connection: NodeConnection,
        onHead: @escaping @Sendable (ReceivedRequest) -> NodeAnswer?,
        answer: @escaping @Sendable (ReceivedRequest) -> NodeAnswer
    ) {
        self.record = record
        self.connection = connection
        self.onHead = onHead
        self.answer = answer
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): begin(head, context: context)
        case .body(let piece):
            record.update { $0.requests[index].body.append(contentsOf: piece.readableBytesView) }
        case .end:
            record.update { $0.requests[index].isComplete = true }
            if !isAnswered { send(answer(record.value.requests[index]), context: context) }
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if error is HTTPParserError { record.update { $0.unreadable += 1 } }
        context.close(promise: nil)
    }

    private func begin(_ head: HTTPRequestHead, context: ChannelHandlerContext) {
        let request = ReceivedRequest(
            method: head.method.rawValue, target: head.uri, fields: head.headers.map { ($0.name, $0.value) },
            connection: connection)
        record.update { record in
            index = record.requests.count
            record.requests.append(request)
        }
        isAnswered = false
        guard let early = onHead(request) else { return }
        isAnswered = true
        send(early, context: context)
    }

    private func send(_ answer: NodeAnswer, context: ChannelHandlerContext) {
        let channel = context.channel
        switch answer {
        case .silence: break
        case .text(let text): context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
        case .textThenClose(let text):
            channel.writeAndFlush(ByteBuffer(string: text)).whenComplete { _ in channel.close(promise: nil) }
        case .textThenReset(let text):
            channel.writeAndFlush(ByteBuffer(string: text)).whenComplete { _ in
                _ = (channel as? any SocketOptionProvider)?.setSoLinger(linger(l_onoff: 1, l_linger: 0))
                channel.close(promise: nil)
            }
        }
    }
}
