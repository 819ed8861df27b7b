import Crypto
import Foundation
import X509

/// A private certificate authority: P-256, for leaf certificates alone.
public struct CertificateAuthority: Sendable {
    /// Certificates begin a little before they are made, because clocks differ.
    public static let clockSkew: TimeInterval = 5 * 60

    public let certificate: Certificate
    public let keyPEM: String
    private let key: Certificate.PrivateKey

    /// Makes a new authority.
    ///
    /// - Parameter name: what it is called; a random part is added, so that no two are called the same.
    public init(name: String, lifetime: TimeInterval, now: Date = Date()) throws {
        let secret = P256.Signing.PrivateKey()
        let key = Certificate.PrivateKey(secret)
        let serial = Certificate.SerialNumber()
        let mark = serial.bytes.suffix(4).map { String($0, radix: 16) }.joined()
        let subject = try DistinguishedName { CommonName("\(name) \(mark)") }
        certificate = try Certificate(
            version: .v3, serialNumber: serial, publicKey: key.publicKey, notValidBefore: now - Self.clockSkew,
            notValidAfter: now + lifetime, issuer: subject, subject: subject, signatureAlgorithm: .ecdsaWithSHA256,
            extensions: Certificate.Extensions {
                Critical(BasicConstraints.isCertificateAuthority(maxPathLength: 0))
                Critical(KeyUsage(keyCertSign: true, cRLSign: true))
                SubjectKeyIdentifier(hash: key.publicKey)
            }, issuerPrivateKey: key)
        self.key = key
        keyPEM = secret.pemRepresentation + "\n"
    }

    /// Takes an authority that was made before.
    ///
    /// - Throws: an error of the parser, or ``CertificateError/keyMismatch(_:)``.
    public init(certificate: Certificate, keyPEM: String) throws {
        let secret = try P256.Signing.PrivateKey(pemRepresentation: keyPEM)
        key = Certificate.PrivateKey(secret)
        guard key.publicKey == certificate.publicKey else { throw CertificateError.keyMismatch("\(certificate.subject)") }
        self.certificate = certificate
        self.keyPEM = keyPEM
    }

    /// Makes a key and a certificate for it.
    ///
    /// - Parameter names: what the certificate proves; at least one.
    public func issue(
        _ subjectName: String, names: [GeneralName], lifetime: TimeInterval, now: Date = Date()
    ) throws -> IssuedCertificate {
        let secret = P256.Signing.PrivateKey()
        let publicKey = Certificate.PrivateKey(secret).publicKey
        let leaf = try Certificate(
            version: .v3, serialNumber: Certificate.SerialNumber(), publicKey: publicKey, notValidBefore: now - Self.clockSkew,
            notValidAfter: min(now + lifetime, certificate.notValidAfter), issuer: certificate.subject,
            subject: DistinguishedName { CommonName(subjectName) }, signatureAlgorithm: .ecdsaWithSHA256,
            extensions: Certificate.Extensions {
                Critical(BasicConstraints.notCertificateAuthority)
                Critical(KeyUsage(digitalSignature: true))
                try ExtendedKeyUsage([.serverAuth, .clientAuth])
                SubjectAlternativeNames(names)
                SubjectKeyIdentifier(hash: publicKey)
                AuthorityKeyIdentifier(keyIdentifier: SubjectKeyIdentifier(hash: certificate.publicKey).keyIdentifier)
            }, issuerPrivateKey: key)
        return IssuedCertificate(certificate: leaf, keyPEM: secret.pemRepresentation + "\n")
    }

    /// Whether this authority has signed a certificate.
    public func hasSigned(_ leaf: Certificate) -> Bool { certificate.publicKey.isValidSignature(leaf.signature, for: leaf) }
}
