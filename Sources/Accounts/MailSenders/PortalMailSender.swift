/// By whom a portal's mails are sent, as their readers see it; what is nil is as the node has it.
public struct PortalMailSender: Hashable, Sendable {
    public static let maximumNameLength = 250

    public let id: MailSenderID
    /// The name beside the address.
    public var name: String?
    /// The address in `From`; in a domain that the operator permits, or it is not used.
    public var address: EmailAddress?
    /// The address in `Reply-To`; likewise.
    public var replyTo: EmailAddress?
    public let createdAt: Timestamp
    public var updatedAt: Timestamp

    public init(
        id: MailSenderID, name: String? = nil, address: EmailAddress? = nil, replyTo: EmailAddress? = nil, createdAt: Timestamp,
        updatedAt: Timestamp
    ) {
        self.id = id
        self.name = name
        self.address = address
        self.replyTo = replyTo
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }
}

extension EmailAddress {
    /// In lower case, in its A-label form.
    public var domain: String { String(key[(key.lastIndex(of: "@").map(key.index(after:)) ?? key.startIndex)...]) }

    /// Whether every server takes it as a sender: the part before the @ is ASCII.
    var isPlainSender: Bool { value[..<(value.lastIndex(of: "@") ?? value.endIndex)].utf8.allSatisfy { $0 < 0x80 } }
}
