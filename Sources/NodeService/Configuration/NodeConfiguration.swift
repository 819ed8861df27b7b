import Accounts
import ConfigurationFiles
import Foundation
import Geography
import Logging
import Mail
import PortalPages
import ServiceIdentity
import ServiceLogs

/// Everything that `node.yaml` and the environment say, checked.
///
/// `docs/configuration.md` lists the keys.
public struct NodeConfiguration: Sendable {
    public let geo: Geo
    public let topology: Topology
    /// Where portals and APIs are served, to the router.
    public let listen: SocketEndpoint
    /// Where `/healthz` and `/readyz` are served, to the operator.
    public let adminListen: SocketEndpoint
    /// The geo's folder: the store, the outbox key, the maildir.
    public let dataFolder: String
    public let logs: LogSettings
    /// nil where the router is spoken to in plain TCP.
    public let identity: IdentitySettings?
    public let mail: MailSettings
    public let passwords: PasswordSettings
    public var policy: AccountPolicy
    public let retention: RetentionSettings
    public let signOn: SignOnSettings
    /// How much memory APIs' documents may take that are rendered for pages already, in bytes.
    public let renderedDocumentBytes: Int
    /// The file with which backups of this geo are made; nil where none are.
    public let backupRecipient: String?
    /// How long requests in flight may take after a stop was asked for.
    public let shutdownGrace: Duration

    /// What hashing may use.
    public struct PasswordSettings: Sendable {
        public let cost: ScryptCost
        public let limits: ScryptPasswordHasher.Limits
    }

    /// For the libraries, whose messages about requests could hold what a request held: only what is wrong with the process.
    var libraryLogger: Logger {
        var logger = logs.logger(label: "portolan.library")
        logger.logLevel = .critical
        return logger
    }

    /// Reads the file, and the topology that it names.
    ///
    /// - Parameters:
    ///   - path: of `node.yaml`; paths inside are relative to its folder.
    ///   - environment: `PORTOLAN_…` variables override keys.
    /// - Throws: `ConfigurationError` naming the file, the line, the key and what was expected.
    public init(path: String, environment: [String: String]) throws {
        let file = try ConfigurationFile(yaml: TextFile.read(path), named: path, environment: environment)
        try self.init(root: file.root, path: path)
    }

    private init(root: ConfigurationSection, path: String) throws {
        let geoID = try root.required("geo", expecting: "the id of this node's geo, such as eu") { try GeoID($0) }
        let topologyPath = try root.requiredString("topology", expecting: "the path of the topology file")
        listen = try Self.endpoint("listen", in: root)
        adminListen = try Self.endpoint("admin_listen", in: root)
        let data = try root.requiredString("data", expecting: "the path of the geo's data folder")
        logs = try LogSettings(reading: root.section("log"))
        identity = try IdentitySettings(reading: root, of: path)
        mail = try MailSettings(reading: root.section("mail"), folder: TextFile.path(".", besides: path))
        passwords = try PasswordSettings(reading: root.section("passwords"))
        let catalog = try root.section("catalog")
        renderedDocumentBytes =
            try catalog.integer("rendered_bytes", in: Self.renderedBytesRange) ?? PortalPages.standardRenderedDocumentBytes
        policy = try AccountPolicy(
            lifetimes: root.section("lifetimes"), throttling: root.section("throttling"), catalog: catalog)
        policy.mailSenderDomains = mail.portalSenderDomains
        policy.console = try ConsolePolicy(reading: root.section("console"))
        retention = try RetentionSettings(reading: root.section("retention"))
        signOn = try SignOnSettings(reading: root.section("single_sign_on"), besides: path)
        let backup = try root.section("backup")
        backupRecipient = try backup.string("recipient").map { TextFile.path($0, besides: path) }
        try backup.finish()
        shutdownGrace = .seconds(try root.integer("shutdown_grace_seconds", in: 0...600) ?? 10)
        try root.finish()

        let topologyFile = TextFile.path(topologyPath, besides: path)
        do {
            topology = try Topology(yaml: TextFile.read(topologyFile), named: topologyFile)
        } catch let error as ConfigurationError where error.line == nil && error.key.isEmpty {
            throw root.error("topology", "\(error.source): \(error.reason)")
        }
        dataFolder = TextFile.path(data, besides: path)
        guard mail.transport != .maildir || topology.publicOrigin.scheme == .http else {
            throw root.error(
                "mail",
                "expected `transport: smtp`, found maildir, whose mails are open to everybody at /dev/mailbox; it is for a topology with `public.scheme: http`"
            )
        }
        guard let geo = topology.geo(geoID) else {
            let known = topology.geos.map(\.id.value).joined(separator: ", ")
            throw root.error("geo", "the topology \(topologyFile) has no geo \(geoID); its geos are \(known)")
        }
        self.geo = geo
    }

    private static let renderedBytesRange = 1024 * 1024...4 * 1024 * 1024 * 1024

    private static func endpoint(_ key: String, in section: ConfigurationSection) throws -> SocketEndpoint {
        try section.required(key, expecting: "an address and port such as 127.0.0.1:9101") { SocketEndpoint($0) }
    }
}

extension NodeConfiguration.PasswordSettings {
    init(reading section: ConfigurationSection) throws {
        let logRounds = try section.integer("scrypt_log_n", in: ScryptCost.logRoundsRange) ?? ScryptCost.standard.logRounds
        cost = ScryptCost(logRounds: logRounds)
        var limits = ScryptPasswordHasher.Limits()
        limits.threads = try section.integer("threads", in: 1...64) ?? limits.threads
        limits.queue = try section.integer("queue", in: 0...10_000) ?? limits.queue
        self.limits = limits
        try section.finish()
    }
}

extension AccountPolicy {
    /// The largest limit that can be set for a document.
    private static let mostDocumentBytes = 50 * 1024 * 1024

    init(lifetimes section: ConfigurationSection, throttling: ConfigurationSection, catalog: ConfigurationSection) throws {
        self.init()
        func minutes(_ key: String, _ fallback: Duration) throws -> Duration {
            try section.integer(key, in: 1...525_600).map { .seconds($0 * 60) } ?? fallback
        }
        invitationLifetime = try minutes("invitation_minutes", invitationLifetime)
        verificationLifetime = try minutes("verification_minutes", verificationLifetime)
        passwordCreationLifetime = try minutes("password_creation_minutes", passwordCreationLifetime)
        passwordResetLifetime = try minutes("password_reset_minutes", passwordResetLifetime)
        sessions.access = try minutes("access_token_minutes", sessions.access)
        sessions.refresh = try minutes("refresh_token_minutes", sessions.refresh)
        sessions.session = try minutes("session_minutes", sessions.session)
        try section.finish()
        throttle = try ThrottlePolicy(reading: throttling)
        linksPerHour = try throttling.integer("links_per_hour", in: 1...1000) ?? linksPerHour
        try throttling.finish()
        documentBytes = try catalog.integer("document_bytes", in: 1024...Self.mostDocumentBytes) ?? documentBytes
        try catalog.finish()
    }
}

extension ThrottlePolicy {
    fileprivate init(reading section: ConfigurationSection) throws {
        self.init()
        freeFailures = try section.integer("free_failures", in: 1...1000) ?? freeFailures
        freeFailuresOfClient = try section.integer("free_failures_of_client", in: 1...1_000_000) ?? freeFailuresOfClient
        firstDelay = try section.integer("first_delay_seconds", in: 1...3600).map { .seconds($0) } ?? firstDelay
        longestDelay = try section.integer("longest_delay_seconds", in: 1...86_400).map { .seconds($0) } ?? longestDelay
        forgetAfter = try section.integer("forget_after_minutes", in: 1...10_080).map { .seconds($0 * 60) } ?? forgetAfter
    }
}
