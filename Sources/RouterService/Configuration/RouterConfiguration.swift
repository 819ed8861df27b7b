import ConfigurationFiles
import Geography
import NIOCore
import ServiceIdentity
import ServiceLogs

/// Everything that a router is told: `router.yaml` with the topology that it names.
///
/// ```yaml
/// topology: topology.yaml          # relative to this file
/// listen: 127.0.0.1:8080
/// redirect_listen: 0.0.0.0:80      # leads plain HTTP to https; left out: none
/// accept_proxy_protocol_from: []   # peers that send PROXY protocol v2
/// tls: {geos: [...]}               # see TLSSettings; left out: plain HTTP
/// admin_listen: 127.0.0.1:8081     # /healthz /readyz /metrics; left out: none
/// threads: 2                       # left out: one per core
/// access_log: true
/// log: {format: text, level: info}
/// limits: {body_bytes: 10485760}   # see RouterLimits
/// health: {interval_seconds: 2}
/// identity: {certificate: …}       # see IdentitySettings; left out: nodes are spoken to in plain TCP
/// ```
public struct RouterConfiguration: Sendable {
    public var topology: Topology
    public var listen: SocketEndpoint
    public var adminListen: SocketEndpoint?
    /// Event loops; nil for one per core.
    public var threads: Int?
    /// Whether every request leaves a line in the log.
    public var accessLog: Bool
    public var log: LogSettings
    public var limits: RouterLimits
    /// nil where nodes are spoken to in plain TCP.
    public var identity: IdentitySettings?
    /// nil where clients come in plain HTTP.
    public var tls: TLSSettings?
    /// Where plain HTTP is led to https.
    public var redirectListen: SocketEndpoint?
    public var trustedProxies: TrustedProxies

    public init(
        topology: Topology, listen: SocketEndpoint, adminListen: SocketEndpoint? = nil, threads: Int? = nil,
        accessLog: Bool = true, log: LogSettings = LogSettings(), limits: RouterLimits = RouterLimits(),
        identity: IdentitySettings? = nil, tls: TLSSettings? = nil, redirectListen: SocketEndpoint? = nil,
        trustedProxies: TrustedProxies = .none
    ) {
        self.topology = topology
        self.listen = listen
        self.adminListen = adminListen
        self.threads = threads
        self.accessLog = accessLog
        self.log = log
        self.limits = limits
        self.identity = identity
        self.tls = tls
        self.redirectListen = redirectListen
        self.trustedProxies = trustedProxies
    }

    /// How many event loops there are.
    var loops: Int { threads ?? System.coreCount }

    /// Reads the text of a `router.yaml`.
    ///
    /// - Parameters:
    ///   - name: the file's path, for messages.
    ///   - environment: variables that override keys: `PORTOLAN_LISTEN` stands for `listen`.
    ///   - readTopology: returns the path and the text of the topology that the file names.
    /// - Throws: `ConfigurationError` naming the file, the line, the key and what was expected.
    public init(
        yaml: String, named name: String, environment: [String: String] = [:],
        readTopology: (String) throws -> (path: String, text: String)
    ) throws {
        let root = try ConfigurationFile(yaml: yaml, named: name, environment: environment).root
        let reference = try root.requiredString("topology", expecting: "the path of the topology file, such as topology.yaml")
        let address = "an address and port such as 127.0.0.1:8080"
        listen = try root.required("listen", expecting: address) { SocketEndpoint($0) }
        adminListen = try root.optional("admin_listen", expecting: address) { SocketEndpoint($0) }
        threads = try root.integer("threads", in: 1...256)
        accessLog = try root.boolean("access_log") ?? true
        log = try LogSettings(reading: root.section("log"))
        limits = try RouterLimits(reading: root)
        identity = try IdentitySettings(reading: root, of: name)
        tls = try TLSSettings(reading: root)?.besides(name)
        redirectListen = try root.optional("redirect_listen", expecting: address) { SocketEndpoint($0) }
        trustedProxies = try TrustedProxies(reading: root)
        try root.finish()
        let file: (path: String, text: String)
        do {
            file = try readTopology(reference)
        } catch let error as ConfigurationError {
            throw root.error("topology", "\(error.source): \(error.reason)")
        } catch {
            throw root.error("topology", "\(error)")
        }
        topology = try Topology(yaml: file.text, named: file.path)
        try tls?.check(against: topology, in: root)
        if redirectListen != nil, topology.publicOrigin.scheme != .https {
            throw root.error("redirect_listen", "there is nothing to lead to: the topology says public.scheme: http")
        }
    }
}
