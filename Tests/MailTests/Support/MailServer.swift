import ChildProcesses
import Foundation
import NIOSSL
import Testing

@testable import Mail

/// A real SMTP server in a process of its own, on a free port of this machine.
final class MailServer {
    /// What the server is and does; see `scripts/mail/smtp_server.py`.
    struct Options: Encodable {
        var folder = ""
        var security = SMTPSettings.Security.starttls.rawValue
        var certificate = "trusted"
        var user: String?
        var password: String?
        var mechanisms: [String]?
        var answers: [String: [String?]]?
        var hang: String?
        var smtputf8 = true
        var size = 33_554_432
    }

    struct Mail: Decodable {
        let from: String
        let to: [String]
        let options: [String]
        let content: Data
        let encrypted: Bool
        let mechanism: String?
        let client: String
        let connection: Int

        var text: String { String(decoding: content, as: UTF8.self) }
    }

    private struct Line: Decodable {
        let port: Int?
        let ca_file: String?
        let connection: Int?
        let mail: Mail?
    }

    let port: Int
    private let authority: String
    private let folder: TemporaryFolder
    private let program: ChildProcess
    private var lines: AsyncStream<String>.Iterator
    /// How many connections were made, as far as the lines were read.
    private(set) var connections = 0

    init(_ options: Options = Options()) async throws {
        folder = try TemporaryFolder()
        var options = options
        options.folder = folder.path
        let argument = String(decoding: try JSONEncoder().encode(options), as: UTF8.self)
        program = try ChildProcess(script: "mail/smtp_server.py", [argument])
        lines = program.lines.makeAsyncIterator()
        let first = try #require(await lines.next(), "the SMTP server did not start")
        let line = try JSONDecoder().decode(Line.self, from: Data(first.utf8))
        port = try #require(line.port)
        authority = try #require(line.ca_file)
    }

    /// How to reach it, trusting its certificate authority.
    func settings(
        host: String = "localhost", security: SMTPSettings.Security = .starttls, credentials: SMTPSettings.Credentials? = nil,
        timeout: Duration = .seconds(60)
    ) throws -> SMTPSettings {
        try SMTPSettings(
            host: host, port: port, security: security, credentials: credentials,
            trustedCertificates: NIOSSLCertificate.fromPEMFile(authority), timeout: timeout)
    }

    /// The next mail that the server took.
    func nextMail() async throws -> Mail {
        while let text = await lines.next(isolation: nil) {
            let line = try JSONDecoder().decode(Line.self, from: Data(text.utf8))
            if line.connection != nil { connections += 1 }
            if let mail = line.mail { return mail }
        }
        throw EndedEarly()
    }

    struct EndedEarly: Error {}
}
