import Crypto
import X509

/// A certificate and its private key, in PEM.
public struct IssuedCertificate: Sendable {
    public let certificate: Certificate
    /// PKCS #8. It is written to files and nowhere else.
    public let keyPEM: String

    public func certificatePEM() throws -> String { try certificate.serializeAsPEM().pemString + "\n" }
}
