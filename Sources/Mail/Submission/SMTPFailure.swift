/// What went wrong in a conversation with a submission server.
enum SMTPFailure: Error, Equatable, Sendable {
    /// No connection within the time, or none at all.
    case unreachable
    /// The server did not answer in time.
    case timedOut(SMTPStep)
    /// The server closed the connection, or it broke.
    case connectionLost(SMTPStep)
    /// The server's certificate is not trusted, does not name the host, or there is no common version of TLS.
    case untrusted
    /// TLS cannot be set up on this side.
    case unusableTLS
    /// The server does not offer STARTTLS, and plain text is not allowed.
    case noStartTLS
    /// The server spoke when it was not asked, which before TLS is how commands are smuggled in (CVE-2011-0411).
    case unexpectedReply
    case malformedReply(String)
    /// The server offers neither AUTH PLAIN nor AUTH LOGIN.
    case noUsableAuthentication
    /// Plain text is for this machine only, and the host led to another one.
    case plainTextToAnotherMachine
    case refused(SMTPStep, SMTPReply)
    /// The message has more octets than the server announces to take.
    case tooLarge(limit: Int)
    /// The address needs SMTPUTF8 (RFC 6531), which the server does not offer.
    case noInternationalAddresses

    /// Whether the conversation can go on after RSET.
    var leavesSessionUsable: Bool {
        switch self {
        case .refused(_, let reply): reply.code != 421
        case .tooLarge, .noInternationalAddresses: true
        default: false
        }
    }

    /// Whether a kept connection turned out to have ended before the mail was begun.
    var showsStaleSession: Bool {
        switch self {
        case .connectionLost(.sender): true
        case .refused(.sender, let reply): reply.code == 421
        case .unexpectedReply: true
        default: false
        }
    }
}
