import Geography
import NIOSSL

/// What a router does for the names that TLS clients ask for.
struct TLSServices: Sendable {
    enum Service {
        case decrypted(NIOSSLContext, ServedHosts)
        case relayed(RelayIngress)
    }

    let certificates: ServerCertificates
    private let ingresses: [GeoID: RelayIngress]

    init(_ settings: TLSSettings, certificates: ServerCertificates) {
        self.certificates = certificates
        var ingresses: [GeoID: RelayIngress] = [:]
        for case (let geo, .relay(let address, let proxyProtocol)) in settings.geos {
            ingresses[geo] = RelayIngress(geo: geo, address: address, wantsProxyHeader: proxyProtocol)
        }
        self.ingresses = ingresses
    }

    /// By the topology and nothing else: there is no default certificate.
    func service(for hello: ClientHello, hosts: HostTable) throws(TLSRefusal) -> Service {
        guard let name = hello.serverName else { throw .nameMissing }
        guard let destination = hosts.destination(of: name) else { throw .nameUnknown }
        guard let geo = destination.geo else {
            guard let context = certificates.context(for: .chooser) else { throw .nameUnserved }
            return .decrypted(context, .chooser)
        }
        if let ingress = ingresses[geo] { return .relayed(ingress) }
        guard let context = certificates.context(for: .geo(geo)) else { throw .nameUnserved }
        return .decrypted(context, .geo(geo))
    }
}
