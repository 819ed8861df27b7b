import ConfigurationFiles
import Foundation
import Geography
import NIOSSL

/// What the three files of an identity held when they were read, found to fit together.
struct IdentityMaterial: Sendable {
    let server: NIOSSLContext
    let client: NIOSSLContext
    /// Seconds since 1970.
    let validFrom: Int
    let expires: Int
    /// What the files held, to see whether they have changed.
    let bytes: [[UInt8]]

    /// Reads the files.
    ///
    /// - Throws: `ConfigurationError` naming the file at fault and what to do. It never holds a part of the key.
    init(_ settings: IdentitySettings, own: SPIFFEID) throws {
        try self.init(Self.read(settings), settings, own: own)
    }

    init(_ bytes: [[UInt8]], _ settings: IdentitySettings, own: SPIFFEID) throws {
        self.bytes = bytes
        let chain = try Self.certificates(bytes[0], in: settings.certificate)
        let authorities = try Self.certificates(bytes[2], in: settings.authority)
        let leaf = chain[0]
        guard leaf.proves(own) else {
            let found = leaf.uris.joined(separator: ", ")
            throw ConfigurationError(
                source: settings.certificate,
                reason:
                    "expected a certificate with the one URI \(own), found \(found.isEmpty ? "none" : found); issue it with: portolanctl certificates issue"
            )
        }
        validFrom = Int(leaf.notValidBefore)
        expires = Int(leaf.notValidAfter)
        do {
            let key = try NIOSSLPrivateKey(bytes: bytes[1], format: .pem)
            server = try NIOSSLContext(configuration: Self.server(chain, key, authorities))
            client = try NIOSSLContext(configuration: Self.client(chain, key, authorities))
        } catch {
            throw ConfigurationError(
                source: settings.key, reason: "expected the private key of \(settings.certificate) in PEM, found something else")
        }
    }

    static func read(_ settings: IdentitySettings) throws -> [[UInt8]] {
        try checkMode(settings.key)
        return try [settings.certificate, settings.key, settings.authority].map { Array(try TextFile.read($0).utf8) }
    }

    /// A key that others of this machine can read proves nothing.
    private static func checkMode(_ key: String) throws {
        var status = stat()
        guard stat(key, &status) == 0 else { return }
        guard !KeyFileMode.isPrivate(status.st_mode, owner: status.st_uid, reader: geteuid()) else { return }
        let mode = status.st_mode & 0o777
        throw ConfigurationError(
            source: key, reason: "this private key can be read by others (mode \(String(mode, radix: 8))); do: chmod 600 \(key)")
    }

    private static func certificates(_ bytes: [UInt8], in path: String) throws -> [NIOSSLCertificate] {
        guard let found = try? NIOSSLCertificate.fromPEMBytes(bytes), !found.isEmpty else {
            throw ConfigurationError(source: path, reason: "expected certificates in PEM, found something else")
        }
        return found
    }

    private static func server(
        _ chain: [NIOSSLCertificate], _ key: NIOSSLPrivateKey, _ authorities: [NIOSSLCertificate]
    ) -> TLSConfiguration {
        var tls = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
        restrict(&tls, to: authorities)
        return tls
    }

    private static func client(
        _ chain: [NIOSSLCertificate], _ key: NIOSSLPrivateKey, _ authorities: [NIOSSLCertificate]
    ) -> TLSConfiguration {
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.certificateChain = chain.map { .certificate($0) }
        tls.privateKey = .privateKey(key)
        restrict(&tls, to: authorities)
        return tls
    }

    /// Names of hosts prove nothing inside; ``PeerIdentityCheck`` looks at the SPIFFE id instead. A peer without a certificate is
    /// refused in the handshake.
    private static func restrict(_ tls: inout TLSConfiguration, to authorities: [NIOSSLCertificate]) {
        tls.minimumTLSVersion = .tlsv13
        tls.trustRoots = .certificates(authorities)
        tls.certificateVerification = .noHostnameVerification
    }
}
