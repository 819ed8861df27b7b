extension DeliveryFailure {
    /// What follows from a failed conversation.
    ///
    /// A refusal before the recipient is named (EHLO, AUTH, MAIL) concerns the server and all mails, even if it says
    /// "permanent": a mistyped password must not make a dead letter of every mail that waits.
    init(_ failure: SMTPFailure) {
        switch failure {
        case .refused(let step, let reply): self = Self.refusal(at: step, reply)
        case .tooLarge(let limit): self = .refused(reason: "the message is larger than the \(limit) octets that the server takes")
        case .noInternationalAddresses:
            self = .refused(reason: "the address is not ASCII before the @, and the server does not offer SMTPUTF8")
        case .unreachable: self = .unavailable(reason: "the server cannot be reached")
        case .timedOut(let step): self = .unavailable(reason: "no answer in time to \(step.rawValue)")
        case .connectionLost(let step): self = .unavailable(reason: "the connection ended at \(step.rawValue)")
        case .untrusted:
            self = .unavailable(reason: "the TLS handshake failed: the server's certificate must be trusted and name the host")
        case .unusableTLS: self = .unavailable(reason: "TLS cannot be set up: see mail.smtp.ca_file")
        case .noStartTLS: self = .unavailable(reason: "the server does not offer STARTTLS: see mail.smtp.security")
        case .unexpectedReply: self = .unavailable(reason: "the server answered before it was asked")
        case .malformedReply(let what): self = .unavailable(reason: "the server's answer is no SMTP: \(what)")
        case .noUsableAuthentication: self = .unavailable(reason: "the server offers neither AUTH PLAIN nor AUTH LOGIN")
        case .plainTextToAnotherMachine:
            self = .unavailable(reason: "mail.smtp.security is none, and the host is not this machine")
        }
    }

    private static func refusal(at step: SMTPStep, _ reply: SMTPReply) -> DeliveryFailure {
        let reason = "\(step.rawValue) was answered with \(reply.codes)"
        guard !concernsServer(reply) else { return .unavailable(reason: reason) }
        switch step {
        case .recipient, .data, .content: return reply.isPermanent ? .refused(reason: reason) : .delayed(reason: reason)
        // The size is declared with MAIL (RFC 1870).
        case .sender where reply.code == 552: return .refused(reason: reason)
        default: return .unavailable(reason: reason)
        }
    }

    /// Replies that ask for a login or end the service, whichever command they answer (RFC 4954, section 6; RFC 5321, 421, 503).
    private static func concernsServer(_ reply: SMTPReply) -> Bool { [421, 454, 503, 530, 534, 535, 538].contains(reply.code) }
}
