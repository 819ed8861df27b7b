import Foundation
import Geography
import SwiftASN1
import X509

/// A folder of certificates: two authorities, one for the inside and one for trials outside, and the leaves they signed.
///
/// ```
/// ca.pem ca-key.pem   router.pem router-key.pem   geo-eu.pem geo-eu-key.pem …
/// public-ca.pem public-ca-key.pem   public-eu.pem public-eu-key.pem …   public-chooser.pem public-chooser-key.pem
/// ```
public struct CertificateFolder: Sendable {
    public static let authorityLifetime: TimeInterval = 3650 * 86_400
    public static let leafLifetime: TimeInterval = 7 * 86_400
    /// What every process needs, before the next step of an authority's rotation, to have read the files of the step before.
    public static let settlingTime: TimeInterval = 3600

    public let path: String

    public init(_ path: String) { self.path = path }

    // MARK: Making

    /// Makes both authorities.
    ///
    /// - Throws: ``CertificateError/alreadyThere(_:)`` where there is one; nothing is overwritten.
    public func initialize(lifetime: TimeInterval = authorityLifetime, now: Date = Date()) throws {
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        for name in ["ca", "public-ca"] {
            for there in [file(name), key(name)] where FileManager.default.fileExists(atPath: there) {
                throw CertificateError.alreadyThere(there)
            }
        }
        try write(CertificateAuthority(name: "Portolan inside", lifetime: lifetime, now: now), to: "ca", besides: [])
        try write(CertificateAuthority(name: "Portolan trial", lifetime: lifetime, now: now), to: "public-ca", besides: [])
    }

    /// Makes a new key and a certificate for it.
    public func issue(
        _ purpose: LeafPurpose, in topology: Topology, lifetime: TimeInterval = leafLifetime, now: Date = Date()
    ) throws {
        switch purpose {
        case .node(let geo), .publicGeo(let geo):
            guard topology.geo(geo) != nil else { throw CertificateError.unknownGeo(geo) }
        case .router, .publicChooser: break
        }
        let authorityName = Self.authority(of: purpose)
        let authority = try authority(authorityName)
        guard authority.certificate.notValidAfter > now else {
            throw CertificateError.authorityExpired(file(authorityName))
        }
        let leaf = try authority.issue(purpose.fileName, names: purpose.names(in: topology), lifetime: lifetime, now: now)
        // The key first: who reads between the two finds a pair that does not fit, keeps what it has, and looks again.
        try PrivateFile.write(leaf.keyPEM, to: key(purpose.fileName), mode: 0o600)
        try PrivateFile.write(leaf.certificatePEM(), to: file(purpose.fileName), mode: 0o644)
    }

    // MARK: Renewing

    /// Renews what is there and past half of its life, and leads a rotation of the authority on to its next step.
    ///
    /// An authority is rotated in three steps, at least ``settlingTime`` apart, so that at each moment both ends of every
    /// connection trust each other: the new authority is trusted beside the old one; leaves are signed by the new one; the old
    /// one is no longer trusted.
    ///
    /// - Parameter everything: renews every leaf, however young.
    /// - Returns: the names of the files that were renewed.
    public func rotate(
        in topology: Topology, everything: Bool = false, lifetime: TimeInterval = leafLifetime, now: Date = Date()
    ) throws -> [String] {
        var renewed: [String] = []
        for purpose in LeafPurpose.all(of: topology) where FileManager.default.fileExists(atPath: file(purpose.fileName)) {
            guard try everything || isDue(purpose, now: now) else { continue }
            try issue(purpose, in: topology, lifetime: lifetime, now: now)
            renewed.append("\(purpose.fileName).pem")
        }
        if try dropOldAuthorities(in: topology, now: now) { renewed.append("ca.pem") }
        return renewed
    }

    /// Begins the rotation of the authority inside: the new one is trusted beside the old one, and signs from the next step on.
    public func rotateAuthority(lifetime: TimeInterval = authorityLifetime, now: Date = Date()) throws {
        let old = try certificates("ca")
        try write(CertificateAuthority(name: "Portolan inside", lifetime: lifetime, now: now), to: "ca", besides: old)
    }

    private func isDue(_ purpose: LeafPurpose, now: Date) throws -> Bool {
        let leaf = try certificates(purpose.fileName)[0]
        let half = leaf.notValidBefore + leaf.notValidAfter.timeIntervalSince(leaf.notValidBefore) / 2
        if now >= half { return true }
        let authority = try authority(Self.authority(of: purpose))
        return !authority.hasSigned(leaf) && Self.hasSettled(authority.certificate, now: now)
    }

    private func dropOldAuthorities(in topology: Topology, now: Date) throws -> Bool {
        let trusted = try certificates("ca")
        guard trusted.count > 1 else { return false }
        let authority = try authority("ca")
        for purpose in LeafPurpose.all(of: topology) where purpose.isInside {
            guard FileManager.default.fileExists(atPath: file(purpose.fileName)) else { continue }
            let leaf = try certificates(purpose.fileName)[0]
            guard authority.hasSigned(leaf), Self.hasSettled(leaf, now: now) else { return false }
        }
        guard Self.hasSettled(authority.certificate, now: now) else { return false }
        try PrivateFile.write(Self.pem([authority.certificate]), to: file("ca"), mode: 0o644)
        return true
    }

    private static func hasSettled(_ certificate: Certificate, now: Date) -> Bool {
        now >= certificate.notValidBefore + CertificateAuthority.clockSkew + settlingTime
    }

    // MARK: Files

    public func file(_ name: String) -> String { "\(path)/\(name).pem" }

    public func key(_ name: String) -> String { "\(path)/\(name)-key.pem" }

    static func authority(of purpose: LeafPurpose) -> String { purpose.isInside ? "ca" : "public-ca" }

    func certificates(_ name: String) throws -> [Certificate] {
        guard let text = try? String(contentsOfFile: file(name), encoding: .utf8),
            let documents = try? PEMDocument.parseMultiple(pemString: text), !documents.isEmpty,
            let found = try? documents.map({ try Certificate(pemDocument: $0) })
        else { throw CertificateError.unreadable(file(name)) }
        return found
    }

    /// The authority whose key is here: the first one of its file.
    func authority(_ name: String) throws -> CertificateAuthority {
        guard FileManager.default.fileExists(atPath: file(name)) else { throw CertificateError.noAuthority(file(name)) }
        guard let keyPEM = try? String(contentsOfFile: key(name), encoding: .utf8) else {
            throw CertificateError.unreadable(key(name))
        }
        return try CertificateAuthority(certificate: certificates(name)[0], keyPEM: keyPEM)
    }

    private func write(_ authority: CertificateAuthority, to name: String, besides old: [Certificate]) throws {
        try PrivateFile.write(authority.keyPEM, to: key(name), mode: 0o600)
        try PrivateFile.write(Self.pem([authority.certificate] + old), to: file(name), mode: 0o644)
    }

    private static func pem(_ certificates: [Certificate]) throws -> String {
        try certificates.map { try $0.serializeAsPEM().pemString + "\n" }.joined()
    }
}
