import Foundation
import NIOCore

/// One direction of a relayed connection. Both ends live on one event loop.
final class RelayHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let other: any Channel
    private let orders: FaultyLink.Orders
    private let isAnswer: Bool

    init(to other: any Channel, orders: FaultyLink.Orders, isAnswer: Bool) {
        self.other = other
        self.orders = orders
        self.isAnswer = isAnswer
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
        switch orders.current {
        case .passes: other.writeAndFlush(bytes, promise: nil)
        case .stalls: break
        case .resetsInsideAnswers:
            guard isAnswer else { return other.writeAndFlush(bytes, promise: nil) }
            let beginning = bytes.readSlice(length: min(bytes.readableBytes, FaultyLink.bytesBeforeReset))
            other.writeAndFlush(beginning ?? bytes, promise: nil)
            // A close with nothing to linger for is a reset (socket(7)).
            _ = (other as? any SocketOptionProvider)?.setSoLinger(linger(l_onoff: 1, l_linger: 0))
            other.close(promise: nil)
            context.close(promise: nil)
        }
    }

    func channelInactive(context: ChannelHandlerContext) { other.close(promise: nil) }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
