import ConfigurationFiles
import Foundation
import NIOSSL
import ServiceIdentity

/// A certificate with its key, read from files and ready for handshakes.
///
/// Its context belongs to one geo: session tickets are sealed with keys of the context, so no session of one geo can be
/// resumed at another.
struct LoadedCertificate: Sendable {
    /// What the two files held, to see whether they changed.
    struct Files: Equatable, Sendable {
        let certificate: Data?
        let key: Data?

        init(_ pair: TLSSettings.KeyPair) {
            certificate = FileManager.default.contents(atPath: pair.certificate)
            key = FileManager.default.contents(atPath: pair.key)
        }
    }

    let context: NIOSSLContext
    /// Seconds since 1970.
    let expires: Int
    /// The names that the certificate should cover and does not.
    let missingNames: [String]
    let files: Files

    /// - Parameter names: the host names, also such as `*.eu.portal.example.com`, that the certificate should cover.
    /// - Throws: `ConfigurationError` for files that are no certificate and its key.
    init(
        _ pair: TLSSettings.KeyPair, files: Files, covering names: [String], minimumVersion: TLSSettings.Version
    ) throws(ConfigurationError) {
        func wrong(_ key: String, _ path: String, _ reason: String) -> ConfigurationError {
            ConfigurationError(source: path, key: "\(pair.place).\(key)", reason: reason)
        }
        guard let certificate = files.certificate else {
            throw wrong("certificate", pair.certificate, "this file cannot be read; check the path, its owner and mode")
        }
        guard let keyData = files.key else {
            throw wrong("key", pair.key, "this file cannot be read; check the path, its owner and mode")
        }
        guard let chain = try? NIOSSLCertificate.fromPEMBytes(Array(certificate)), let leaf = chain.first else {
            throw wrong("certificate", pair.certificate, "expected certificates in PEM, the site's own first, found none")
        }
        guard let key = try? NIOSSLPrivateKey(bytes: Array(keyData), format: .pem) else {
            throw wrong("key", pair.key, "expected an unencrypted private key in PEM, found none")
        }
        var settings = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
        settings.minimumTLSVersion = minimumVersion == .tls13 ? .tlsv13 : .tlsv12
        settings.cipherSuites = Self.suites
        settings.applicationProtocols = ApplicationProtocol.names
        settings.shutdownTimeout = .seconds(2)
        guard let context = try? NIOSSLContext(configuration: settings) else {
            throw wrong("key", pair.key, "this key does not belong to the certificate in \(pair.certificate)")
        }
        self.context = context
        self.files = files
        expires = Int(leaf.notValidAfter)
        let covered = Set(leaf.hostNames.map { $0.lowercased() })
        missingNames = names.filter { !Self.covers(covered, $0) }
    }

    /// For TLS 1.2: forward secrecy and authenticated encryption only (RFC 9325, section 4.2).
    private static let suites = "ECDHE+AESGCM:ECDHE+CHACHA20"

    /// A star stands for one whole label, and for the first one only (RFC 9525, section 6.3).
    private static func covers(_ names: Set<String>, _ host: String) -> Bool {
        if names.contains(host) { return true }
        guard !host.hasPrefix("*."), let dot = host.firstIndex(of: ".") else { return false }
        return names.contains("*" + host[dot...])
    }
}
