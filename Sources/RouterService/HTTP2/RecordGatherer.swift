import NIOCore

/// Joins the small frames that are written between two flushes, so that TLS makes one record of them and not one of each.
///
/// Large pieces pass as they are: to copy them costs more than a record.
final class RecordGatherer: ChannelOutboundHandler {
    typealias OutboundIn = IOData
    typealias OutboundOut = IOData

    /// What is copied at most of one piece.
    private static let pieceLimit = 2048
    /// What fits into a record of TLS (RFC 8446, section 5.1).
    private static let recordLimit = 16 * 1024

    private var gathered = ByteBuffer()
    /// Whether what was gathered is on its way: its memory is used again as soon as TLS has read it.
    private var isPassedOn = false

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard case .byteBuffer(let piece) = unwrapOutboundIn(data), piece.readableBytes <= Self.pieceLimit else {
            passOn(context: context)
            return context.write(data, promise: promise)
        }
        if !isPassedOn, gathered.readableBytes + piece.readableBytes > Self.recordLimit { passOn(context: context) }
        if isPassedOn {
            gathered.clear()
            isPassedOn = false
        }
        gathered.writeImmutableBuffer(piece)
        if let promise { passOn(context: context, promise: promise) }
    }

    func flush(context: ChannelHandlerContext) {
        passOn(context: context)
        context.flush()
    }

    private func passOn(context: ChannelHandlerContext, promise: EventLoopPromise<Void>? = nil) {
        guard !isPassedOn, gathered.readableBytes > 0 || promise != nil else { return }
        isPassedOn = true
        context.write(wrapOutboundOut(.byteBuffer(gathered)), promise: promise)
    }
}
