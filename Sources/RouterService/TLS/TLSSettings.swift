import ConfigurationFiles
import Geography

/// How a router meets TLS clients: which geos it decrypts, which it relays unread, and which it refuses.
///
/// ```yaml
/// tls:
///   minimum_version: "1.2"
///   geos:
///     - {id: eu, certificate: eu.pem, key: eu-key.pem}
///     - {id: us, relay: 198.51.100.7:443, proxy_protocol: true}
///   chooser: {certificate: chooser.pem, key: chooser-key.pem}
/// ```
public struct TLSSettings: Equatable, Sendable {
    public enum Version: String, CaseIterable, Sendable {
        case tls12 = "1.2"
        case tls13 = "1.3"
    }

    /// What happens to a connection for a geo.
    public enum Service: Equatable, Sendable {
        case decrypt(KeyPair)
        case relay(SocketEndpoint, proxyProtocol: Bool)
    }

    /// The files of a certificate, with its chain, and of its key.
    public struct KeyPair: Hashable, Sendable {
        public let certificate: String
        public let key: String
        /// Where the configuration says so, for messages.
        let place: String

        public init(certificate: String, key: String, place: String = "tls") {
            self.certificate = certificate
            self.key = key
            self.place = place
        }
    }

    public var minimumVersion: Version
    /// A geo that is missing here is refused.
    public var geos: [GeoID: Service]
    /// nil refuses the chooser's name.
    public var chooser: KeyPair?

    public init(minimumVersion: Version = .tls12, geos: [GeoID: Service], chooser: KeyPair? = nil) {
        self.minimumVersion = minimumVersion
        self.geos = geos
        self.chooser = chooser
    }

    /// Reads the section `tls`; nil where the file has none.
    init?(reading root: ConfigurationSection) throws {
        let section = try root.section("tls")
        guard root.has("tls") else { return nil }
        minimumVersion = try section.choice("minimum_version") ?? .tls12
        geos = [:]
        for entry in try section.sections("geos") {
            let id = try entry.required("id", expecting: "the id of a geo of the topology") { try GeoID($0) }
            guard geos[id] == nil else { throw entry.error("id", "\(id) stands here twice") }
            geos[id] = try Service(reading: entry)
            try entry.finish()
        }
        let chooserSection = try section.section("chooser")
        if section.has("chooser") {
            chooser = try KeyPair(reading: chooserSection)
            try chooserSection.finish()
        } else {
            chooser = nil
        }
        try section.finish()
        if geos.isEmpty { throw root.error("tls", "expected at least one geo under tls.geos, found none") }
    }

    /// - Throws: `ConfigurationError` when the settings do not fit the topology.
    func check(against topology: Topology, in root: ConfigurationSection) throws {
        guard topology.publicOrigin.scheme == .https else {
            throw root.error(
                "tls", "the topology says public.scheme: http, so links would lead past TLS; say https there, or leave tls out")
        }
        if let stranger = geos.keys.sorted().first(where: { topology.geo($0) == nil }) {
            throw root.error(
                "tls",
                "the topology has no geo \(stranger); its geos are \(topology.geos.map(\.id.value).joined(separator: ", "))")
        }
    }

    /// What `--check` says of each geo.
    func summary(_ topology: Topology) -> String {
        let geos = topology.geos.map { geo in
            switch self.geos[geo.id] {
            case .decrypt(let pair): "\(geo.id) is decrypted with \(pair.certificate)"
            case .relay(let ingress, let proxy):
                "\(geo.id) is relayed unread to \(ingress)\(proxy ? " with PROXY protocol v2" : "")"
            case nil: "\(geo.id) is refused"
            }
        }
        let page =
            chooser.map { "\(topology.chooserHost) is decrypted with \($0.certificate)" } ?? "\(topology.chooserHost) is refused"
        return (geos + [page]).joined(separator: "\n  ")
    }
}

extension TLSSettings.Service {
    fileprivate init(reading entry: ConfigurationSection) throws {
        let ingress = try entry.optional("relay", expecting: "an address and port such as 198.51.100.7:443") {
            SocketEndpoint($0)
        }
        let proxyProtocol = try entry.boolean("proxy_protocol")
        switch ingress {
        case let ingress?:
            guard !entry.has("certificate"), !entry.has("key") else {
                throw entry.error(
                    "relay", "a geo is either decrypted, with certificate and key, or relayed; take one of the two out")
            }
            self = .relay(ingress, proxyProtocol: proxyProtocol ?? false)
        case nil:
            if proxyProtocol != nil {
                throw entry.error("proxy_protocol", "this is for relayed geos; accept_proxy_protocol_from is for what comes in")
            }
            self = .decrypt(try TLSSettings.KeyPair(reading: entry))
        }
    }
}

extension TLSSettings.KeyPair {
    fileprivate init(reading section: ConfigurationSection) throws {
        certificate = try section.requiredString(
            "certificate", expecting: "the path of a PEM file, the certificate first, then its chain")
        key = try section.requiredString("key", expecting: "the path of the certificate's key as a PEM file")
        place = section.path.joined(separator: ".")
    }

    /// Paths relative to a configuration file's folder become whole.
    func besides(_ file: String) -> TLSSettings.KeyPair {
        TLSSettings.KeyPair(
            certificate: TextFile.path(certificate, besides: file), key: TextFile.path(key, besides: file), place: place)
    }
}

extension TLSSettings {
    func besides(_ file: String) -> TLSSettings {
        var whole = self
        whole.chooser = chooser?.besides(file)
        whole.geos = geos.mapValues { service in
            if case .decrypt(let pair) = service { .decrypt(pair.besides(file)) } else { service }
        }
        return whole
    }
}
