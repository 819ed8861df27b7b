import Languages

/// Knows the usual texts of mails, and shows how a mail would look.
public protocol MailWriter: Sendable {
    /// The usual text in a form that can be changed: every field, with variables.
    func usualText(of template: MailTemplateName, in language: Language) -> MailText

    /// What a mail says, as its reader would see it.
    func preview(_ mail: OutboxMail, look: MailLook) throws -> MailPreview
}

/// A mail before it is sent.
public struct MailPreview: Hashable, Sendable {
    public let subject: String
    public let text: String
    public let html: String

    public init(subject: String, text: String, html: String) {
        self.subject = subject
        self.text = text
        self.html = html
    }
}

/// Stands where nobody looks at mails.
public struct NoMailWriter: MailWriter {
    public init() {}

    public func usualText(of template: MailTemplateName, in language: Language) -> MailText { MailText() }

    public func preview(_ mail: OutboxMail, look: MailLook) throws -> MailPreview { MailPreview(subject: "", text: "", html: "") }
}
