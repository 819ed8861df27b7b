import NIOCore

/// Counts the frames that cost work and carry nothing, before anything reads them.
///
/// The HTTP/2 library bounds resets, PING, SETTINGS, PRIORITY, CONTINUATION and empty DATA frames itself. This handler bounds what
/// it does not: WINDOW_UPDATE frames for which nothing was sent, and frames of unknown types. It also tells the connection how long
/// a request's fields have been on their way, and drops everything once the connection was ended.
final class FrameMeter: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = IOData
    typealias OutboundOut = IOData

    private enum FrameType {
        static let headers: UInt8 = 0x1
        static let windowUpdate: UInt8 = 0x8
        static let continuation: UInt8 = 0x9
    }

    private static let prefaceLength = 24
    private static let headLength = 9
    private static let endHeaders: UInt8 = 0x4
    /// So many bytes of an answer are worth one WINDOW_UPDATE; clients send fewer.
    private static let bytesPerUpdate = 1024

    private let connection: HTTP2Connection
    private var budget: FrameBudget
    /// WINDOW_UPDATE frames that the client may send for what it was sent.
    private var updates = 0
    /// The bytes up to the next frame's head.
    private var skipped = prefaceLength
    private var head: [UInt8] = []
    private var isHeaderBlock = false
    private var endsHeaderBlock = false

    init(connection: HTTP2Connection, limit: Int) {
        self.connection = connection
        budget = FrameBudget(limit: limit)
        head.reserveCapacity(Self.headLength)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !connection.isEnding else { return }
        let buffer = unwrapInboundIn(data)
        guard buffer.withUnsafeReadableBytes({ permits($0) }) else { return connection.fail(.enhanceYourCalm) }
        connection.watchHead(isPartial: isHeaderBlock)
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        updates += 1 + unwrapOutboundIn(data).readableBytes / Self.bytesPerUpdate
        context.write(data, promise: promise)
    }

    private func permits(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var position = 0
        while position < bytes.count {
            if skipped > 0 {
                let step = min(skipped, bytes.count - position)
                skipped -= step
                position += step
            } else {
                let step = min(Self.headLength - head.count, bytes.count - position)
                head.append(contentsOf: bytes[position..<(position + step)])
                position += step
                guard head.count == Self.headLength else { return true }
                guard permitsFrame() else { return false }
            }
            if skipped == 0, endsHeaderBlock { isHeaderBlock = false }
        }
        return true
    }

    /// Looks at a frame's head (RFC 9113, section 4.1).
    private func permitsFrame() -> Bool {
        skipped = Int(head[0]) << 16 | Int(head[1]) << 8 | Int(head[2])
        let (type, flags) = (head[3], head[4])
        head.removeAll(keepingCapacity: true)
        endsHeaderBlock = false
        switch type {
        case FrameType.headers, FrameType.continuation:
            isHeaderBlock = true
            endsHeaderBlock = flags & Self.endHeaders != 0
        case FrameType.windowUpdate:
            guard updates == 0 else {
                updates -= 1
                return true
            }
            return budget.spend(at: .now())
        case (FrameType.continuation + 1)...: return budget.spend(at: .now())
        default: break
        }
        return true
    }
}
