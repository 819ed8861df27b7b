import NIOCore

/// What the requests of a `ClientConnection` come on, and its answers go out on.
enum ClientLink {
    /// A connection of its own, which is counted as one.
    case connection(ChannelHandlerContext)
    /// One stream of an HTTP/2 connection: it carries one request, and ends with it.
    case stream(HTTP2Stream)

    var isStream: Bool { if case .stream = self { true } else { false } }

    func write(_ bytes: ByteBuffer) {
        switch self {
        case .connection(let context): context.write(NIOAny(bytes), promise: nil)
        case .stream(let stream): stream.write(bytes)
        }
    }

    func flush() {
        switch self {
        case .connection(let context): context.flush()
        case .stream(let stream): stream.flush()
        }
    }

    /// Asks for more of what the client sends.
    func read() {
        switch self {
        case .connection(let context): context.read()
        case .stream(let stream): stream.readOn()
        }
    }

    /// Sends what is written, and tells when that has happened or cannot happen any more.
    func flush(whenSent act: @escaping () -> Void) {
        switch self {
        case .connection(let context):
            let sent = context.eventLoop.makePromise(of: Void.self)
            context.writeAndFlush(NIOAny(ByteBuffer()), promise: sent)
            sent.futureResult.assumeIsolated().whenComplete { _ in act() }
        case .stream(let stream): stream.flush(whenSent: act)
        }
    }

    /// Ends the router's side in good order.
    func closeOutput() {
        switch self {
        case .connection(let context): context.close(mode: .output, promise: nil)
        case .stream(let stream): stream.closeOutput()
        }
    }

    func close() {
        switch self {
        case .connection(let context): context.close(promise: nil)
        case .stream(let stream): stream.close()
        }
    }
}
