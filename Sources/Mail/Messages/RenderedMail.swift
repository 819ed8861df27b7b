import Accounts

/// One mail as a transport takes it: the envelope, and the message with its header fields.
///
/// The same outbox mail renders to the same bytes each time, unless its template changed in between.
public struct RenderedMail: Hashable, Sendable {
    public let id: MailID
    /// When the mail was promised; also what its `Date` field says.
    public let createdAt: Timestamp
    /// RFC 5322, lines of at most 998 octets that end in CRLF; ASCII unless ``needsSMTPUTF8``.
    public let content: [UInt8]
    let sender: EnvelopeAddress
    let recipient: EnvelopeAddress

    /// Whether only a server that offers SMTPUTF8 (RFC 6531) can take it.
    public var needsSMTPUTF8: Bool { !recipient.isASCII }
}
