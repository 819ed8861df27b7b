import ConfigurationFiles
import Foundation
import NIOSSL

extension SMTPSettings {
    /// Reads the `mail.smtp` section.
    init(reading section: ConfigurationSection, folder: String) throws {
        let host = try section.requiredString("host", expecting: "the host of the submission server")
        guard let port = try section.integer("port", in: 1...65535) else {
            throw section.missing("port", expecting: "587 for starttls or 465 for tls")
        }
        let security = try section.choice("security", of: Security.self) ?? .starttls
        let credentials = try Self.credentials(from: section, folder: folder)
        let trusted = try section.optional("ca_file", expecting: "the path of a file of certificates in PEM form") {
            try Self.certificates(in: Self.path($0, in: folder))
        }
        let seconds = try section.integer("timeout_seconds", in: 1...600)
        try section.finish()
        do {
            try self.init(
                host: host, port: port, security: security, credentials: credentials, trustedCertificates: trusted,
                timeout: seconds.map { .seconds($0) } ?? Self.defaultTimeout)
        } catch {
            throw section.error(error.key, "\(error)")
        }
    }

    private static func credentials(from section: ConfigurationSection, folder: String) throws -> Credentials? {
        let variable = ConfigurationFile.variable(for: section.path + ["password"])
        guard !section.has("password") else {
            throw section.error(
                "password", "expected no password in this file; put it into a file named by password_file, or into \(variable)")
        }
        let username = try section.string("username")
        let inEnvironment = try section.string("password")
        var file: String?
        let inFile = try section.optional("password_file", expecting: "the path of a file that holds the password") {
            file = path($0, in: folder)
            return try password(in: path($0, in: folder))
        }
        switch (username, inEnvironment ?? inFile) {
        case (nil, nil): return nil
        case (let username?, let password?):
            return Credentials(
                username: username, password: Secret(password), passwordFile: inEnvironment == nil ? file : nil)
        case (_?, nil):
            throw section.error("username", "expected a password for this user: a file named by password_file, or \(variable)")
        case (nil, _?): throw section.error("password_file", "expected a username beside the password, found none")
        }
    }

    private static func password(in path: String) throws(UnusableFile) -> String {
        guard let data = FileManager.default.contents(atPath: path), var text = String(data: data, encoding: .utf8) else {
            throw .unreadable(path)
        }
        if text.last?.isNewline == true { text.removeLast() }
        guard !text.isEmpty else { throw .empty(path) }
        return text
    }

    private static func certificates(in path: String) throws(UnusableFile) -> [NIOSSLCertificate] {
        guard FileManager.default.isReadableFile(atPath: path) else { throw .unreadable(path) }
        guard let certificates = try? NIOSSLCertificate.fromPEMFile(path), !certificates.isEmpty else {
            throw .noCertificates(path)
        }
        return certificates
    }

    private static func path(_ path: String, in folder: String) -> String {
        path.hasPrefix("/") ? path : URL(fileURLWithPath: folder).appendingPathComponent(path).path
    }
}

extension SMTPSettingsError {
    /// The key at fault in the section.
    fileprivate var key: String {
        switch self {
        case .invalidHost: "host"
        case .plainTextToAnotherMachine: "security"
        case .emptyCredentials, .unusableCredentials: "username"
        }
    }
}

/// Why a file that the settings name cannot be used; never what stands in it.
private enum UnusableFile: Error, CustomStringConvertible {
    case unreadable(String)
    case empty(String)
    case noCertificates(String)

    var description: String {
        switch self {
        case .unreadable(let path): "expected a text file in UTF-8 that this process may read at \(path), found none"
        case .empty(let path): "expected a password in \(path), found an empty file"
        case .noCertificates(let path): "expected at least one certificate in PEM form in \(path), found none"
        }
    }
}
