import Accounts
import ConfigurationFiles
import Foundation
import Logging
import NIOSSL
import SingleSignOn

/// How a node asks the identity providers of its portals: the section `single_sign_on`.
public struct SignOnSettings: Sendable {
    public let rules: AddressRules
    public let limits: ProviderLimits
    /// A PEM file of whom certificates of providers may come from; nil for those whom the machine trusts.
    public let trustRoots: String?

    init(reading section: ConfigurationSection, besides path: String) throws {
        rules = AddressRules(
            allowsLoopback: try section.boolean("allow_loopback") ?? false,
            allowed: try section.list("allowed_addresses", expecting: "a block of addresses such as 10.1.0.0/16") {
                AddressBlock($0)
            })
        var limits = ProviderLimits()
        func seconds(_ key: String, _ range: ClosedRange<Int>, _ fallback: Duration) throws -> Duration {
            try section.integer(key, in: range).map { .seconds($0) } ?? fallback
        }
        limits.timeout = try seconds("timeout_seconds", 1...60, limits.timeout)
        limits.answerBytes = try section.integer("answer_bytes", in: 4096...16 * 1024 * 1024) ?? limits.answerBytes
        limits.metadataLifetime = try seconds("metadata_seconds", 60...86_400, limits.metadataLifetime)
        limits.metadataGrace = try seconds("metadata_grace_seconds", 0...604_800, limits.metadataGrace)
        limits.logOutKeyRefetchInterval = try seconds("key_refetch_seconds", 1...3600, limits.logOutKeyRefetchInterval)
        limits.clockSkew = try seconds("clock_skew_seconds", 0...300, limits.clockSkew)
        self.limits = limits
        trustRoots = try section.string("trust_roots").map { TextFile.path($0, besides: path) }
        if let trustRoots, (try? NIOSSLCertificate.fromPEMFile(trustRoots).isEmpty) ?? true {
            throw section.error("trust_roots", "expected a PEM file of certificates, found none in \(trustRoots)")
        }
        try section.finish()
    }

    /// The relying party of a node.
    func providers(clock: any WallClock, logger: Logger) -> OpenIDConnect {
        let http = ProviderHTTP(rules: rules, limits: limits, trustRoots: trustRoots.map { .file($0) } ?? .default)
        return OpenIDConnect(http: http, clock: clock, logger: logger)
    }
}
