/// One mail of the development mailbox, decoded for reading.
public struct MailboxMail: Hashable, Sendable {
    /// What names the mail in the mailbox: letters, digits, and `._-=,+@`.
    public let id: String
    public let recipient: String
    public let subject: String
    /// As it stands in the mail.
    public let date: String
    public let text: String
    public let html: String?

    public init(id: String, recipient: String, subject: String, date: String, text: String, html: String?) {
        self.id = id
        self.recipient = recipient
        self.subject = subject
        self.date = date
        self.text = text
        self.html = html
    }
}
