import NIOCore
import NIOHTTP2

/// HTTP/2 (RFC 9113) on a client's connection.
///
/// Each stream becomes a channel in which a ``StreamTranslator`` writes what the client said as HTTP/1.1, and a
/// `ClientConnection` reads it with the parser that all requests go through: an HTTP/2 client can say nothing that an HTTP/1.1
/// client cannot.
enum HTTP2 {
    /// The time over which frames are counted against the limits.
    static let window = TimeAmount.seconds(30)
    /// What a client may send on one stream before a node took it.
    private static let streamWindow = 64 * 1024 - 1
    private static let connectionWindow = 256 * 1024
    /// A stream is given more of an answer when less than the lower number of bytes waits in it.
    private static let waterMarks = (low: 32 * 1024, high: 64 * 1024)
    /// What HPACK adds to a field's size (RFC 7541, section 4.1), for as many fields as a request may have.
    private static let fieldOverhead = 32 * 204

    /// Adds the handlers to the end of a channel's pipeline; call it on the channel's event loop.
    ///
    /// - Parameters:
    ///   - client: whose connection it is.
    ///   - scheme: `http` or `https`: what the requests' `:scheme` must be.
    ///   - makeStream: makes what answers the requests of one stream; its link is `.stream`.
    /// - Returns: what the event loop is to look after; it dismisses itself.
    static func configure(
        _ channel: any Channel, loop: RouterLoop, client: ClientAddress, scheme: String,
        makeStream: @escaping () -> ClientConnection
    ) throws -> HTTP2Connection {
        let connection = HTTP2Connection(loop: loop, client: client)
        let bound = NIOLoopBound((connection, makeStream), eventLoop: channel.eventLoop)
        let handler = NIOHTTP2Handler(
            mode: .server, eventLoop: channel.eventLoop, connectionConfiguration: connectionConfiguration(loop.limits),
            streamConfiguration: streamConfiguration(loop.limits),
            streamDelegate: StreamWatch(connection: NIOLoopBound(connection, eventLoop: channel.eventLoop))
        ) { stream in
            stream.eventLoop.makeCompletedFuture {
                let (connection, makeStream) = bound.value
                try stream.pipeline.syncOperations.addHandlers([
                    StreamTranslator(connection: connection, scheme: scheme), makeStream(),
                ])
            }
        }
        try channel.pipeline.syncOperations.addHandlers([
            FrameMeter(connection: connection, limit: loop.limits.http2ControlFrames), handler, connection,
        ])
        return connection
    }

    private static func connectionConfiguration(_ limits: RouterLimits) -> NIOHTTP2Handler.ConnectionConfiguration {
        var configuration = NIOHTTP2Handler.ConnectionConfiguration()
        configuration.initialSettings = [
            HTTP2Setting(parameter: .maxConcurrentStreams, value: limits.http2Streams),
            HTTP2Setting(parameter: .maxHeaderListSize, value: limits.headerBytes + fieldOverhead),
        ]
        // The translator checks both, once, and more strictly.
        configuration.headerBlockValidation = .disabled
        configuration.contentLengthValidation = .disabled
        configuration.targetWindowSize = connectionWindow
        configuration.maximumBufferedControlFrames = 1000
        configuration.maximumConnectionGlitches = limits.http2Resets
        configuration.controlFrameRateLimit.maximumCount = limits.http2ControlFrames
        configuration.controlFrameRateLimit.windowLength = window
        return configuration
    }

    private static func streamConfiguration(_ limits: RouterLimits) -> NIOHTTP2Handler.StreamConfiguration {
        var configuration = NIOHTTP2Handler.StreamConfiguration()
        configuration.targetWindowSize = streamWindow
        configuration.outboundBufferSizeLowWatermark = waterMarks.low
        configuration.outboundBufferSizeHighWatermark = waterMarks.high
        configuration.streamResetFrameRateLimit.maximumCount = limits.http2Resets
        configuration.streamResetFrameRateLimit.windowLength = window
        configuration.streamErrorRateLimit.maximumCount = limits.http2Resets
        configuration.streamErrorRateLimit.windowLength = window
        return configuration
    }
}

/// Tells a connection which of its streams begin and end.
private struct StreamWatch: NIOHTTP2StreamDelegate {
    let connection: NIOLoopBound<HTTP2Connection>

    func streamCreated(_ id: HTTP2StreamID, channel: any Channel) { connection.value.streamBegan(id) }

    func streamClosed(_ id: HTTP2StreamID, channel: any Channel) { connection.value.streamEnded() }
}
