import NIOCore
import NIOSSL

/// TLS to one host, with its certificate verified in full: the chain, the time, and the name or address.
struct TLSClient: Sendable {
    private let context: NIOSSLContext
    /// For SNI and verification; nil for an address, which is verified against the certificate's addresses.
    private let serverName: String?

    init(_ settings: SMTPSettings) throws(SMTPFailure) {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.certificateVerification = .fullVerification
        configuration.minimumTLSVersion = .tlsv12
        if let trusted = settings.trustedCertificates { configuration.trustRoots = .certificates(trusted) }
        do {
            context = try NIOSSLContext(configuration: configuration)
        } catch {
            throw .unusableTLS
        }
        serverName = SMTPSettings.isAddress(settings.host) ? nil : settings.host
    }

    func handler() throws -> NIOSSLClientHandler { try NIOSSLClientHandler(context: context, serverHostname: serverName) }
}
