import NIOCore
import NIOHTTP2

/// HTTP/2 (RFC 9113) on a client's connection.
///
/// A ``HTTP2Stream`` writes what the client said on it as HTTP/1.1, and a `ClientConnection` reads it with the parser that all
/// requests go through: an HTTP/2 client can say nothing that an HTTP/1.1 client cannot.
enum HTTP2 {
    /// The time over which frames are counted against the limits.
    static let window = TimeAmount.seconds(30)
    /// What a client may send on one stream before a node took it: the protocol's own first window (RFC 9113, section 6.9.2).
    static let streamWindow = 64 * 1024 - 1
    static let connectionWindow = 256 * 1024
    /// What HPACK adds to a field's size (RFC 7541, section 4.1), for as many fields as a request may have.
    private static let fieldOverhead = 32 * 204

    /// Adds the handlers to the end of a channel's pipeline; call it on the channel's event loop.
    ///
    /// - Parameters:
    ///   - client: whose connection it is.
    ///   - scheme: `http` or `https`: what the requests' `:scheme` must be.
    ///   - makeClient: makes what answers the request of a stream.
    /// - Returns: what the event loop is to look after; it dismisses itself.
    static func configure(
        _ channel: any Channel, loop: RouterLoop, client: ClientAddress, scheme: String,
        makeClient: @escaping (HTTP2Stream) -> ClientConnection
    ) throws -> HTTP2Connection {
        let connection = HTTP2Connection(
            loop: loop, client: client, scheme: scheme, makeClient: makeClient)
        let handler = NIOHTTP2Handler(
            mode: .server, frameDelegate: connection, connectionConfiguration: connectionConfiguration(loop.limits),
            streamConfiguration: streamConfiguration(loop.limits))
        try channel.pipeline.syncOperations.addHandlers([
            RecordGatherer(), FrameMeter(connection: connection, limit: loop.limits.http2ControlFrames), handler, connection,
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
        configuration.maximumBufferedControlFrames = 1000
        configuration.maximumConnectionGlitches = limits.http2Resets
        configuration.controlFrameRateLimit.maximumCount = limits.http2ControlFrames
        configuration.controlFrameRateLimit.windowLength = window
        return configuration
    }

    private static func streamConfiguration(_ limits: RouterLimits) -> NIOHTTP2Handler.StreamConfiguration {
        var configuration = NIOHTTP2Handler.StreamConfiguration()
        configuration.streamResetFrameRateLimit.maximumCount = limits.http2Resets
        configuration.streamResetFrameRateLimit.windowLength = window
        configuration.streamErrorRateLimit.maximumCount = limits.http2Resets
        configuration.streamErrorRateLimit.windowLength = window
        return configuration
    }
}
