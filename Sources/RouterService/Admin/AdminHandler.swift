import NIOCore
import NIOHTTP1

/// Answers the operator's questions: `/healthz`, `/readyz` and `/metrics`.
final class AdminHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let pages: AdminPages
    private var head: HTTPRequestHead?

    init(pages: AdminPages) { self.pages = pages }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): self.head = head
        case .body: break
        case .end:
            guard let head else { return }
            self.head = nil
            answer(pages.page(for: head.uri, method: head.method), to: head, context: context)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    private func answer(_ page: AdminPages.Page, to request: HTTPRequestHead, context: ChannelHandlerContext) {
        var head = HTTPResponseHead(version: .http1_1, status: page.status)
        head.headers.add(name: "Content-Type", value: page.contentType)
        head.headers.add(name: "Content-Length", value: String(page.body.utf8.count))
        head.headers.add(name: "Cache-Control", value: "no-store")
        if !request.isKeepAlive { head.headers.add(name: "Connection", value: "close") }
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        if request.method != .HEAD {
            context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(string: page.body)))), promise: nil)
        }
        let written = context.eventLoop.makePromise(of: Void.self)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: written)
        let channel = context.channel
        if !request.isKeepAlive { written.futureResult.whenComplete { _ in channel.close(promise: nil) } }
    }
}
