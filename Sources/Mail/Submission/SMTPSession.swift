import Foundation
import NIOCore

/// A connection that the server accepted: protected as the settings ask, logged in, ready for mails one after the other.
struct SMTPSession: Sendable {
    private let link: SMTPLink
    private let capabilities: SMTPCapabilities
    /// How many mails it may still take, so that a server with a limit is never met at it.
    private(set) var remainingMails = 100

    /// Connects, greets, protects and logs in.
    static func open(
        _ settings: SMTPSettings, tls: TLSClient?, group: any EventLoopGroup
    ) async throws(SMTPFailure) -> SMTPSession {
        let link = try await SMTPLink.open(
            host: settings.host, port: settings.port, timeout: TimeAmount(settings.timeout),
            tls: settings.security == .tls ? tls : nil, group: group)
        do {
            return try await SMTPSession(on: link, settings, tls: tls)
        } catch {
            link.close()
            throw error
        }
    }

    private init(on link: SMTPLink, _ settings: SMTPSettings, tls: TLSClient?) async throws(SMTPFailure) {
        // A name of this machine may lead elsewhere; the address is what counts.
        guard settings.security != .none || link.remoteAddress?.isLoopback == true else { throw .plainTextToAnotherMachine }
        let greeting = try await link.greeting()
        guard greeting.code == 220 else { throw .refused(.greeting, greeting) }
        var capabilities = try await Self.hello(over: link)
        if settings.security == .starttls {
            guard let tls else { throw .unusableTLS }
            guard capabilities.startTLS else { throw .noStartTLS }
            let reply = try await link.command("STARTTLS", step: .startTLS)
            guard reply.code == 220 else { throw .refused(.startTLS, reply) }
            try await link.startTLS(tls)
            // What was offered in plain text may have been anybody's words (RFC 3207, section 4.2).
            capabilities = try await Self.hello(over: link)
        }
        if let credentials = settings.credentials {
            try await Self.authenticate(credentials, capabilities.authentication, over: link)
        }
        self.link = link
        self.capabilities = capabilities
    }

    // MARK: Mails

    /// Hands over one mail (RFC 5321, section 3.3).
    mutating func deliver(_ mail: RenderedMail) async throws(SMTPFailure) {
        remainingMails -= 1
        guard !mail.needsSMTPUTF8 || capabilities.smtpUTF8 else { throw .noInternationalAddresses }
        let content = Self.dotStuffed(mail.content)
        if let limit = capabilities.sizeLimit, mail.content.count > limit { throw .tooLarge(limit: limit) }
        try await expect(command(of: mail), step: .sender)
        try await expect("RCPT TO:<\(mail.recipient.value)>", step: .recipient)
        let reply = try await link.command("DATA", step: .data)
        guard reply.code == 354 else { throw .refused(.data, reply) }
        let answer = try await link.send(content, step: .content)
        guard answer.isPositive else { throw .refused(.content, answer) }
    }

    /// Forgets a mail that was begun; false where the conversation cannot go on.
    func reset() async -> Bool { (try? await link.command("RSET", step: .reset))?.isPositive ?? false }

    // MARK: Between mails

    func park(for idleLimit: TimeAmount) async -> Bool { await link.park(for: idleLimit) }

    func unpark() async -> Bool { await link.unpark() }

    func quit() { link.quit() }

    func close() { link.close() }

    // MARK: Commands

    private func expect(_ command: String, step: SMTPStep) async throws(SMTPFailure) {
        let reply = try await link.command(command, step: step)
        guard reply.isPositive else { throw .refused(step, reply) }
    }

    private func command(of mail: RenderedMail) -> String {
        var command = "MAIL FROM:<\(mail.sender.value)>"
        if capabilities.declaresSize { command += " SIZE=\(mail.content.count)" }
        guard mail.needsSMTPUTF8 else { return command }
        if capabilities.eightBitMIME { command += " BODY=8BITMIME" }
        return command + " SMTPUTF8"
    }

    private static func hello(over link: SMTPLink) async throws(SMTPFailure) -> SMTPCapabilities {
        let reply = try await link.command("EHLO \(clientName(of: link))", step: .hello)
        guard reply.code == 250 else { throw .refused(.hello, reply) }
        return SMTPCapabilities(reply)
    }

    /// An address literal, which needs no name that resolves (RFC 5321, section 4.1.3).
    private static func clientName(of link: SMTPLink) -> String {
        guard let address = link.localAddress, let ip = address.ipAddress else { return "localhost" }
        if case .v6 = address { return "[IPv6:\(ip)]" }
        return "[\(ip)]"
    }

    private static func authenticate(
        _ credentials: SMTPSettings.Credentials, _ mechanisms: Set<String>, over link: SMTPLink
    ) async throws(SMTPFailure) {
        let password = credentials.password.value
        let answers: [String]
        if mechanisms.contains("PLAIN") {
            answers = ["AUTH PLAIN \(base64("\0\(credentials.username)\0\(password)"))"]
        } else if mechanisms.contains("LOGIN") {
            answers = ["AUTH LOGIN", base64(credentials.username), base64(password)]
        } else {
            throw .noUsableAuthentication
        }
        for (index, answer) in answers.enumerated() {
            let reply = try await link.command(answer, step: .authenticate)
            guard reply.code == (index == answers.count - 1 ? 235 : 334) else { throw .refused(.authenticate, reply) }
        }
    }

    private static func base64(_ text: String) -> String { Data(text.utf8).base64EncodedString() }

    /// The message with a second dot before each line that starts with one, and the dot that ends it (RFC 5321, section 4.5.2).
    static func dotStuffed(_ content: [UInt8]) -> [UInt8] {
        let dot = UInt8(ascii: ".")
        var bytes: [UInt8] = []
        bytes.reserveCapacity(content.count + 64)
        var startsLine = true
        for byte in content {
            if startsLine, byte == dot { bytes.append(dot) }
            bytes.append(byte)
            startsLine = byte == .lineFeed
        }
        if !startsLine { bytes += [.carriageReturn, .lineFeed] }
        return bytes + [dot, .carriageReturn, .lineFeed]
    }
}
