import ConfigurationFiles
import NIOCore

/// How much the router takes and how long it waits.
///
/// ```yaml
/// limits:
///   header_bytes: 32768
///   target_bytes: 8192
///   body_bytes: 10485760
///   connections: 10000
///   client_requests_per_second: 100
///   client_burst: 400
///   client_connections: 256
///   header_timeout_seconds: 10
///   body_timeout_seconds: 60
///   idle_timeout_seconds: 60
///   upstream_connect_timeout_seconds: 2
///   upstream_response_timeout_seconds: 60
///   upstream_connections: 512
///   upstream_queue: 1024
///   upstream_queue_timeout_seconds: 2
///   upstream_idle_connections: 64
///   upstream_idle_timeout_seconds: 30
///   shutdown_timeout_seconds: 10
///   client_hello_bytes: 16384
///   client_hello_timeout_seconds: 5
///   proxy_header_timeout_seconds: 5
///   relay_idle_timeout_seconds: 300
///   http2_streams: 100
///   http2_resets: 200
///   http2_control_frames: 200
/// health:
///   interval_seconds: 2
///   timeout_seconds: 2
///   failures: 5
/// ```
public struct RouterLimits: Equatable, Sendable {
    /// The target and all header fields of a request together.
    public var headerBytes = 32 * 1024
    /// The target of a request alone.
    public var targetBytes = 8 * 1024
    /// A node takes 64 KiB; the rest is for the fields that the router adds.
    static let mostHeaderBytes = 60 * 1024
    static let mostClientHelloBytes = 64 * 1024
    /// The body of a request.
    public var bodyBytes = 10 * 1024 * 1024
    /// Open connections of clients, over all event loops.
    public var connections = 10_000
    /// Requests of one client per second, over all event loops; 0 for any number. An office behind one address is one client.
    public var clientRequestsPerSecond = 100
    /// Requests that a client may send at once after a pause.
    public var clientBurst = 400
    /// Open connections of one client, over all event loops; 0 for any number.
    public var clientConnections = 256
    /// From the first byte of a request's head to its last.
    public var headerTimeout = TimeAmount.seconds(10)
    /// From the end of a request's head to the end of its body.
    public var bodyTimeout = TimeAmount.seconds(60)
    /// Without a byte from a client, or to it.
    public var idleTimeout = TimeAmount.seconds(60)
    public var upstreamConnectTimeout = TimeAmount.seconds(2)
    /// From the end of a request to the head of the node's answer.
    public var upstreamResponseTimeout = TimeAmount.seconds(60)
    /// Connections to one node, over all event loops; each loop has its share, at least one.
    public var upstreamConnections = 512
    /// Requests of one geo that wait for a connection, over all event loops; each loop has its share.
    public var upstreamQueue = 1024
    /// How long a request waits for a connection when all of a geo's are in use.
    public var upstreamQueueTimeout = TimeAmount.seconds(2)
    /// Idle connections kept per node and event loop.
    public var upstreamIdleConnections = 64
    /// After which an idle connection to a node is closed.
    public var upstreamIdleTimeout = TimeAmount.seconds(30)
    /// What requests in flight are given when the router stops.
    public var shutdownTimeout = TimeAmount.seconds(10)
    /// Streams that one HTTP/2 connection may have open at the same time.
    public var http2Streams = 100
    /// Streams of one HTTP/2 connection that end by a reset or an error in 30 seconds.
    public var http2Resets = 200
    /// Frames of one HTTP/2 connection that carry nothing for a request, in 30 seconds.
    public var http2ControlFrames = 200
    /// How long a client may take to read an answer that came before its request was complete.
    public var lingerTimeout = TimeAmount.seconds(2)
    /// The TLS records of a ClientHello, with their headers.
    public var clientHelloBytes = 16 * 1024
    /// From a connection's start, or from the end of its PROXY header, to the end of its ClientHello.
    public var clientHelloTimeout = TimeAmount.seconds(5)
    /// From a connection's start to the end of the PROXY header that its peer owes.
    public var proxyHeaderTimeout = TimeAmount.seconds(5)
    /// Without a byte in either direction of a relayed connection.
    public var relayIdleTimeout = TimeAmount.seconds(300)
    public var healthInterval = TimeAmount.seconds(2)
    public var healthTimeout = TimeAmount.seconds(2)
    /// After how many failed exchanges in a row a node is not used until checks succeed.
    public var healthFailures = 5

    public init() {}

    /// Reads the sections `limits` and `health`; keys that they lack keep their defaults.
    init(reading root: ConfigurationSection) throws {
        let limits = try root.section("limits")
        headerBytes = try limits.integer("header_bytes", in: 1024...Self.mostHeaderBytes) ?? headerBytes
        targetBytes = try limits.integer("target_bytes", in: 64...1_048_576) ?? targetBytes
        bodyBytes = try limits.integer("body_bytes", in: 0...1_099_511_627_776) ?? bodyBytes
        connections = try limits.integer("connections", in: 1...1_000_000) ?? connections
        clientRequestsPerSecond = try limits.integer("client_requests_per_second", in: 0...1_000_000) ?? clientRequestsPerSecond
        clientBurst = try limits.integer("client_burst", in: 1...1_000_000) ?? clientBurst
        clientConnections = try limits.integer("client_connections", in: 0...1_000_000) ?? clientConnections
        upstreamConnections = try limits.integer("upstream_connections", in: 1...100_000) ?? upstreamConnections
        upstreamQueue = try limits.integer("upstream_queue", in: 0...1_000_000) ?? upstreamQueue
        upstreamQueueTimeout = try limits.seconds("upstream_queue_timeout_seconds") ?? upstreamQueueTimeout
        upstreamIdleConnections = try limits.integer("upstream_idle_connections", in: 0...10_000) ?? upstreamIdleConnections
        headerTimeout = try limits.seconds("header_timeout_seconds") ?? headerTimeout
        bodyTimeout = try limits.seconds("body_timeout_seconds") ?? bodyTimeout
        idleTimeout = try limits.seconds("idle_timeout_seconds") ?? idleTimeout
        upstreamConnectTimeout = try limits.seconds("upstream_connect_timeout_seconds") ?? upstreamConnectTimeout
        upstreamResponseTimeout = try limits.seconds("upstream_response_timeout_seconds") ?? upstreamResponseTimeout
        upstreamIdleTimeout = try limits.seconds("upstream_idle_timeout_seconds") ?? upstreamIdleTimeout
        shutdownTimeout = try limits.seconds("shutdown_timeout_seconds") ?? shutdownTimeout
        clientHelloBytes = try limits.integer("client_hello_bytes", in: 512...Self.mostClientHelloBytes) ?? clientHelloBytes
        clientHelloTimeout = try limits.seconds("client_hello_timeout_seconds") ?? clientHelloTimeout
        proxyHeaderTimeout = try limits.seconds("proxy_header_timeout_seconds") ?? proxyHeaderTimeout
        relayIdleTimeout = try limits.seconds("relay_idle_timeout_seconds") ?? relayIdleTimeout
        http2Streams = try limits.integer("http2_streams", in: 1...10_000) ?? http2Streams
        http2Resets = try limits.integer("http2_resets", in: 1...1_000_000) ?? http2Resets
        http2ControlFrames = try limits.integer("http2_control_frames", in: 10...1_000_000) ?? http2ControlFrames
        try limits.finish()
        let health = try root.section("health")
        healthInterval = try health.seconds("interval_seconds") ?? healthInterval
        healthTimeout = try health.seconds("timeout_seconds") ?? healthTimeout
        healthFailures = try health.integer("failures", in: 1...1000) ?? healthFailures
        try health.finish()
    }

    /// How often timeouts are looked at: often enough for the shortest, never more than a hundred times a second.
    var sweepInterval: TimeAmount {
        let shortest = min(
            headerTimeout, bodyTimeout, idleTimeout, upstreamResponseTimeout, upstreamIdleTimeout, upstreamQueueTimeout,
            clientHelloTimeout, proxyHeaderTimeout, relayIdleTimeout)
        return max(.milliseconds(10), min(.milliseconds(250), .nanoseconds(shortest.nanoseconds / 4)))
    }

    /// When a geo that is down may be back: after the next check.
    var retryAfterSeconds: Int { max(1, Int((healthInterval.nanoseconds + 999_999_999) / 1_000_000_000)) }
}

extension ConfigurationSection {
    fileprivate func seconds(_ key: String) throws -> TimeAmount? {
        try optional(key, expecting: "a number of seconds from 0.1 to 86400") { text in
            guard let seconds = Double(text), (0.1...86_400).contains(seconds) else { return nil }
            return .milliseconds(Int64(seconds * 1000))
        }
    }
}
