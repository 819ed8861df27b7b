import Certificates
import Foundation
import Geography
import Logging
import ServiceIdentity
import X509

/// A folder of certificates for eu, us and a router, removed when nobody holds it any more.
final class Installation: Sendable {
    let folder: CertificateFolder
    let topology: Topology

    init() throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("identity-\(UUID().uuidString)").path
        folder = CertificateFolder(path)
        topology = try Topology(
            yaml: """
                domain: example.com
                trust_domain: inside.example
                geos:
                  - {id: eu, number: 1, nodes: [{address: "127.0.0.1:9101"}]}
                  - {id: us, number: 2, nodes: [{address: "127.0.0.1:9102"}]}
                """, named: "topology.yaml")
        try folder.initialize()
        for purpose in LeafPurpose.all(of: topology) { try folder.issue(purpose, in: topology) }
    }

    deinit { try? FileManager.default.removeItem(atPath: folder.path) }

    static func id(_ role: SPIFFEID.Role) throws -> SPIFFEID {
        SPIFFEID(trustDomain: try Hostname("inside.example"), role: role)
    }

    func settings(_ purpose: LeafPurpose) -> IdentitySettings {
        IdentitySettings(
            certificate: folder.file(purpose.fileName), key: folder.key(purpose.fileName), authority: folder.file("ca"))
    }

    func router() throws -> ServiceIdentity {
        try ServiceIdentity(settings(.router), own: Self.id(.router), logger: Logger(label: "router"))
    }

    func node(_ geo: String) throws -> ServiceIdentity {
        let geo = try GeoID(geo)
        return try ServiceIdentity(settings(.node(geo)), own: Self.id(.node(geo)), logger: Logger(label: "node"))
    }

    /// The authority inside, to sign what it never signs by itself.
    func authority() throws -> CertificateAuthority {
        try CertificateAuthority(
            certificate: Certificate(pemEncoded: String(contentsOfFile: folder.file("ca"), encoding: .utf8)),
            keyPEM: String(contentsOfFile: folder.key("ca"), encoding: .utf8))
    }
}
