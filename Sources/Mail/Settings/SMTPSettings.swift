import Geography
import NIOCore
import NIOSSL

/// The submission server of a geo (RFC 6409) and how to speak to it.
public struct SMTPSettings: Equatable, Sendable {
    /// How the connection is protected.
    public enum Security: String, CaseIterable, Sendable {
        /// It starts in plain text and must become TLS before anything of a mail is sent (RFC 3207).
        case starttls
        /// It is TLS from its first byte (RFC 8314).
        case tls
        /// It stays plain text, which is allowed to this machine itself only.
        case none
    }

    /// Who submits.
    public struct Credentials: Equatable, Sendable {
        public let username: String
        public let password: Secret
        /// Where the password stands; nil where it came by the environment.
        public let passwordFile: String?

        public init(username: String, password: Secret, passwordFile: String? = nil) {
            self.username = username
            self.password = password
            self.passwordFile = passwordFile
        }
    }

    public static let defaultTimeout = Duration.seconds(30)

    /// A host name, or an IP address without brackets; also what the server's certificate must name.
    public let host: String
    public let port: Int
    public let security: Security
    public let credentials: Credentials?
    /// Certificates to trust instead of the system's.
    public let trustedCertificates: [NIOSSLCertificate]?
    /// The longest wait for a connection, and for each answer.
    public let timeout: Duration

    /// - Throws: ``SMTPSettingsError``.
    public init(
        host: String, port: Int, security: Security = .starttls, credentials: Credentials? = nil,
        trustedCertificates: [NIOSSLCertificate]? = nil, timeout: Duration = defaultTimeout
    ) throws(SMTPSettingsError) {
        guard Self.isAddress(host) || (try? Hostname(host)) != nil else { throw .invalidHost(host) }
        guard security != .none || Self.isLoopback(host) else { throw .plainTextToAnotherMachine(host) }
        if let credentials {
            guard !credentials.username.isEmpty, !credentials.password.value.isEmpty else { throw .emptyCredentials }
            guard ![credentials.username, credentials.password.value].contains(where: { $0.utf8.contains(0) }) else {
                throw .unusableCredentials
            }
        }
        self.host = host
        self.port = port
        self.security = security
        self.credentials = credentials
        self.trustedCertificates = trustedCertificates
        self.timeout = timeout
    }

    /// An address literal has no name that SNI could carry (RFC 6066, section 3).
    static func isAddress(_ host: String) -> Bool { (try? SocketAddress(ipAddress: host, port: 0)) != nil }

    private static func isLoopback(_ host: String) -> Bool {
        if let address = try? SocketAddress(ipAddress: host, port: 0) { return address.isLoopback }
        let name = (try? Hostname(host))?.value ?? ""
        return name == "localhost" || name.hasSuffix(".localhost")
    }
}

/// Why settings cannot be used.
public enum SMTPSettingsError: Error, Equatable, Sendable, CustomStringConvertible {
    case invalidHost(String)
    case plainTextToAnotherMachine(String)
    case emptyCredentials
    case unusableCredentials

    public var description: String {
        switch self {
        case .invalidHost(let found): "expected a host name or an IP address of a submission server, found \"\(found)\""
        case .plainTextToAnotherMachine(let host):
            "expected starttls or tls, found none for \(host): mails and passwords leave this machine encrypted or not at all"
        case .emptyCredentials: "expected a user name and a password, found an empty one"
        case .unusableCredentials: "expected a user name and a password without NUL characters"
        }
    }
}
