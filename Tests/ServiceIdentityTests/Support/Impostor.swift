import Certificates
import Foundation
import NIOSSL
import X509

/// Who is not who it must be.
enum Impostor: String, CaseIterable, Sendable {
    case withoutCertificate, ofForeignAuthority, expired, notYetValid, ofAnotherGeo, withoutURI, withTwoURIs, withNameOnly

    /// - Parameter right: the id that the other end expects.
    func credential(in installation: Installation, right: String) throws -> IssuedCertificate? {
        let authority = try installation.authority()
        let uri = GeneralName.uniformResourceIdentifier(right)
        let week: TimeInterval = 7 * 86_400
        switch self {
        case .withoutCertificate: return nil
        case .ofForeignAuthority:
            return try CertificateAuthority(name: "Foreign", lifetime: week).issue("x", names: [uri], lifetime: week)
        case .expired: return try authority.issue("x", names: [uri], lifetime: 60, now: Date() - 120)
        case .notYetValid: return try authority.issue("x", names: [uri], lifetime: week, now: Date() + 3600)
        case .ofAnotherGeo:
            return try authority.issue(
                "x", names: [.uniformResourceIdentifier("spiffe://inside.example/geo/us")], lifetime: week)
        case .withoutURI: return try authority.issue("x", names: [.dnsName("eu.example.com")], lifetime: week)
        case .withTwoURIs:
            return try authority.issue(
                "x", names: [uri, .uniformResourceIdentifier("spiffe://inside.example/geo/us")], lifetime: week)
        case .withNameOnly: return try authority.issue(right, names: [.dnsName("router")], lifetime: week)
        }
    }
}

extension IssuedCertificate {
    func chain() throws -> [NIOSSLCertificateSource] {
        try NIOSSLCertificate.fromPEMBytes(Array(certificatePEM().utf8)).map { .certificate($0) }
    }

    func key() throws -> NIOSSLPrivateKeySource { .privateKey(try NIOSSLPrivateKey(bytes: Array(keyPEM.utf8), format: .pem)) }
}
