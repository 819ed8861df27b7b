import Crypto
import Foundation
import SwiftASN1
import X509

/// What one certificate of a folder says, and whether it can be used.
public struct CertificateReport: Sendable {
    public enum State: String, Sendable {
        case valid
        case expired
        case notYetValid = "not yet valid"
        case notSigned = "not signed by the authority"
        case keyMismatch = "not of its key"
    }

    /// The name of the file in its folder.
    public let file: String
    /// The SPIFFE id, the host names, or the authority's own name.
    public let names: [String]
    public let validFrom: Date
    public let validUntil: Date
    /// SHA-256 of the DER form, in hexadecimal.
    public let fingerprint: String
    public let state: State
}

extension CertificateFolder {
    /// What there is, authorities first.
    ///
    /// - Throws: ``CertificateError`` where a file is no certificate.
    public func reports(now: Date = Date()) throws -> [CertificateReport] {
        let names = try FileManager.default.contentsOfDirectory(atPath: path)
            .filter { $0.hasSuffix(".pem") && !$0.hasSuffix("-key.pem") }.map { String($0.dropLast(4)) }.sorted()
        guard names.contains("ca") else { throw CertificateError.noAuthority(file("ca")) }
        return try ["ca", "public-ca"].filter(names.contains).flatMap { try reportsOfAuthority($0, now: now) }
            + names.filter { $0 != "ca" && $0 != "public-ca" }.map { try report(of: $0, now: now) }
    }

    private func reportsOfAuthority(_ name: String, now: Date) throws -> [CertificateReport] {
        try certificates(name).enumerated().map { index, certificate in
            let fits = index > 0 || self.fits(name, certificate)
            return try report(certificate, file: name, isSigned: true, fitsKey: fits, now: now)
        }
    }

    private func report(of name: String, now: Date) throws -> CertificateReport {
        let leaf = try certificates(name)[0]
        let trusted = try certificates(name.hasPrefix("public-") ? "public-ca" : "ca")
        let isSigned = trusted.contains { $0.publicKey.isValidSignature(leaf.signature, for: leaf) && $0.notValidAfter > now }
        return try report(leaf, file: name, isSigned: isSigned, fitsKey: fits(name, leaf), now: now)
    }

    private func fits(_ name: String, _ certificate: Certificate) -> Bool {
        guard let pem = try? String(contentsOfFile: key(name), encoding: .utf8),
            let secret = try? P256.Signing.PrivateKey(pemRepresentation: pem)
        else { return false }
        return Certificate.PrivateKey(secret).publicKey == certificate.publicKey
    }

    private func report(
        _ certificate: Certificate, file: String, isSigned: Bool, fitsKey: Bool, now: Date
    ) throws -> CertificateReport {
        let state = Self.state(of: certificate, isSigned: isSigned, fitsKey: fitsKey, now: now)
        var der = DER.Serializer()
        try der.serialize(certificate)
        let digest = SHA256.hash(data: der.serializedBytes).map { byte in
            String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
        }
        return CertificateReport(
            file: "\(file).pem", names: try Self.names(of: certificate), validFrom: certificate.notValidBefore,
            validUntil: certificate.notValidAfter, fingerprint: digest.joined(), state: state)
    }

    private static func state(
        of certificate: Certificate, isSigned: Bool, fitsKey: Bool, now: Date
    ) -> CertificateReport.State {
        if certificate.notValidAfter <= now { return .expired }
        if certificate.notValidBefore > now { return .notYetValid }
        if !isSigned { return .notSigned }
        return fitsKey ? .valid : .keyMismatch
    }

    private static func names(of certificate: Certificate) throws -> [String] {
        guard let names = try certificate.extensions.subjectAlternativeNames else { return ["\(certificate.subject)"] }
        return names.compactMap { name in
            switch name {
            case .uniformResourceIdentifier(let uri): uri
            case .dnsName(let host): host
            default: nil
            }
        }
    }
}
