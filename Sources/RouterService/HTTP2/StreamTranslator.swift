import NIOCore
import NIOHPACK
import NIOHTTP2

/// Turns the frames of one stream into the bytes of an HTTP/1.1 request, and the bytes of its answer into frames.
///
/// Bodies are not copied. Nothing waits here but the last piece of either direction, until it is known to be the last.
final class StreamTranslator: ChannelDuplexHandler {
    typealias InboundIn = HTTP2Frame.FramePayload
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = HTTP2Frame.FramePayload

    private enum Request {
        case fields
        case length(remaining: Int)
        case chunked
        case complete
    }

    /// What is written when it is known whether something follows.
    private enum Held {
        case nothing
        case fields(HPACKHeaders)
        case piece(ByteBuffer)
    }

    private let connection: HTTP2Connection
    private let scheme: String
    private var request = Request.fields
    /// The end of a request of a told length. With it the request is complete for the node, so it waits for the stream's end: a
    /// longer body is no request.
    private var lastPiece: ByteBuffer?
    private var reader = ResponseReader()
    private var held = Held.nothing
    private var isAnswered = false
    /// Where the request was not complete when the answer was: tells when the answer is sent.
    private var answerWritten: EventLoopFuture<Void>?
    private var isAnswerSent = false
    private var isReset = false

    init(connection: HTTP2Connection, scheme: String) {
        self.connection = connection
        self.scheme = scheme
    }

    // MARK: Request

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isReset else { return }
        do throws(MalformedStream) {
            switch unwrapInboundIn(data) {
            case .headers(let headers): try receive(headers, context: context)
            case .data(let data):
                guard case .byteBuffer(let piece) = data.data else { return }
                try receive(piece, endsStream: data.endStream, context: context)
            default: break
            }
        } catch {
            reset(.protocolError, context: context)
            connection.streamWasMalformed()
        }
    }

    private func receive(_ headers: HTTP2Frame.FramePayload.Headers, context: ChannelHandlerContext) throws(MalformedStream) {
        guard case .fields = request else {
            guard headers.endStream else { throw .trailers }
            try RequestTranslation.checkTrailers(headers.headers)
            return try complete(context: context)
        }
        var translation = RequestTranslation(scheme: scheme, endsStream: headers.endStream)
        var head = context.channel.allocator.buffer(capacity: 512)
        try translation.write(headers.headers, to: &head)
        reader.begin(isHead: translation.isHead)
        if headers.endStream {
            request = .complete
        } else {
            request = translation.length.map { .length(remaining: $0) } ?? .chunked
            if translation.length == 0 { return lastPiece = head }
        }
        pass(head, context: context)
    }

    private func receive(_ piece: ByteBuffer, endsStream: Bool, context: ChannelHandlerContext) throws(MalformedStream) {
        switch request {
        case .length(let remaining):
            let rest = remaining - piece.readableBytes
            guard rest >= 0 else { throw .length }
            request = .length(remaining: rest)
            if rest > 0 {
                pass(piece, context: context)
            } else if piece.readableBytes > 0 {
                lastPiece = piece
            }
        case .chunked:
            guard piece.readableBytes > 0 else { break }
            pass(ChunkedBody.head(of: piece.readableBytes), context: context)
            pass(piece, context: context)
            pass(ChunkedBody.lineEnd, context: context)
        case .fields, .complete: break
        }
        if endsStream { try complete(context: context) }
    }

    private func complete(context: ChannelHandlerContext) throws(MalformedStream) {
        switch request {
        case .length(let remaining):
            guard remaining == 0 else { throw .length }
            request = .complete
            if let lastPiece { pass(lastPiece, context: context) }
            lastPiece = nil
        case .chunked:
            request = .complete
            pass(ChunkedBody.end, context: context)
        case .fields, .complete: break
        }
    }

    private func pass(_ bytes: ByteBuffer, context: ChannelHandlerContext) {
        guard !isReset, bytes.readableBytes > 0 else { return }
        context.fireChannelRead(wrapInboundOut(bytes))
    }

    // MARK: Answer

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let bytes = unwrapOutboundIn(data)
        if bytes.readableBytes > 0, !isAnswered, !isReset { translate(bytes, context: context) }
        guard let promise else { return }
        if let answerWritten { answerWritten.cascade(to: promise) } else { promise.succeed() }
    }

    private func translate(_ bytes: ByteBuffer, context: ChannelHandlerContext) {
        reader.append(bytes)
        do throws(UpstreamFailure) {
            while let part = try reader.next() {
                switch part {
                case .interim: writeContinue(context: context)
                case .head(let head): held = .fields(head.http2Fields)
                case .body(let piece):
                    writeHeld(context: context)
                    held = .piece(piece)
                case .end: return writeEnd(context: context)
                }
            }
        } catch {
            reset(.internalError, context: context)
        }
    }

    /// The client waits for this before it sends the body; no node's interim answer comes here.
    private func writeContinue(context: ChannelHandlerContext) {
        context.write(wrapOutboundOut(.headers(.init(headers: [":status": "100"]))), promise: nil)
    }

    private func writeHeld(context: ChannelHandlerContext) {
        if let payload = takeHeld(endsStream: false) { context.write(wrapOutboundOut(payload), promise: nil) }
    }

    private func writeEnd(context: ChannelHandlerContext) {
        isAnswered = true
        let payload = takeHeld(endsStream: true) ?? .data(.init(data: .byteBuffer(ByteBuffer()), endStream: true))
        if case .complete = request { return context.write(wrapOutboundOut(payload), promise: nil) }
        let written = context.eventLoop.makePromise(of: Void.self)
        answerWritten = written.futureResult
        written.futureResult.assumeIsolated().whenSuccess { self.isAnswerSent = true }
        context.write(wrapOutboundOut(payload), promise: written)
    }

    private func takeHeld(endsStream: Bool) -> HTTP2Frame.FramePayload? {
        defer { held = .nothing }
        switch held {
        case .nothing: return nil
        case .fields(let fields): return .headers(.init(headers: fields, endStream: endsStream))
        case .piece(let piece): return .data(.init(data: .byteBuffer(piece), endStream: endsStream))
        }
    }

    func flush(context: ChannelHandlerContext) {
        writeHeld(context: context)
        context.flush()
    }

    // MARK: Ends

    /// A stream that is complete both ways is closed already; every other end is a reset, so that no client can take what it has
    /// for the whole.
    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        if case .complete = request, isAnswered, mode == .output {
            promise?.succeed()
            return
        }
        reset(codeOfEnd, context: context)
        promise?.succeed()
    }

    private var codeOfEnd: HTTP2ErrorCode {
        if isAnswerSent { return .noError }
        if isAnswered { return .cancel }
        if case .fields = request { return .refusedStream }
        return .internalError
    }

    private func reset(_ code: HTTP2ErrorCode, context: ChannelHandlerContext) {
        guard !isReset, context.channel.isActive else { return }
        isReset = true
        held = .nothing
        context.writeAndFlush(wrapOutboundOut(.rstStream(code)), promise: nil)
    }
}
