import NIOCore

/// Asks a node's admin address for `/readyz` once and closes.
final class ReadinessProbe: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let authority: String
    private let timeout: TimeAmount
    private let verdict: EventLoopPromise<HealthMonitor.Verdict>
    private var reader = ResponseReader()
    private var deadline: Scheduled<Void>?

    init(authority: String, timeout: TimeAmount, verdict: EventLoopPromise<HealthMonitor.Verdict>) {
        self.authority = authority
        self.timeout = timeout
        self.verdict = verdict
    }

    func channelActive(context: ChannelHandlerContext) {
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        let channel = context.channel
        deadline = context.eventLoop.scheduleTask(in: timeout) {
            bound.value.verdict.succeed(.failed)
            channel.close(promise: nil)
        }
        reader.begin(isHead: false)
        let request = "GET /readyz HTTP/1.1\r\nHost: \(authority)\r\nConnection: close\r\n\r\n"
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: request)), promise: nil)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        reader.append(unwrapInboundIn(data))
        do throws(UpstreamFailure) {
            guard let part = try reader.next() else { return }
            if case .head(let head) = part {
                verdict.succeed(head.status == 200 ? .passed : .failed)
            } else {
                verdict.succeed(.failed)
            }
        } catch {
            verdict.succeed(.failed)
        }
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        deadline?.cancel()
        verdict.succeed(.failed)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
