/// Reads the mails of a geo that were kept in a folder instead of being sent, on a developer's machine.
public protocol MailboxReader: Sendable {
    /// The newest mails first.
    func mails(limit: Int) async throws -> [MailboxMail]

    /// One mail; nil where there is none by this id.
    func mail(_ id: String) async throws -> MailboxMail?
}
