import Languages

/// What a portal chose for one kind of mail.
public struct CustomMailTemplate: Hashable, Sendable {
    public let name: MailTemplateName
    /// Whether such mails are sent at all.
    public var isEnabled: Bool
    /// The portal's own texts. A language without one has the usual texts.
    public var texts: [Language: MailText]
    public let createdAt: Timestamp
    public var updatedAt: Timestamp

    public init(
        name: MailTemplateName, isEnabled: Bool = true, texts: [Language: MailText] = [:], createdAt: Timestamp,
        updatedAt: Timestamp
    ) {
        self.name = name
        self.isEnabled = isEnabled
        self.texts = texts
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }

    /// Whether everything is as it is without it.
    var isDefault: Bool { isEnabled && texts.isEmpty }
}
