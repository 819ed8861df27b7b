/// The id of a mail in an address: one name without slashes that does not start with a dot.
///
/// Whatever a reader makes of it, it can name nothing outside of the mailbox.
struct MailboxMailID {
    static let maximumLength = 255

    let value: String

    init?(_ text: String) {
        guard (1...Self.maximumLength).contains(text.utf8.count), !text.hasPrefix("."),
            text.utf8.allSatisfy({ Self.allowed.contains($0) })
        else { return nil }
        value = text
    }

    private static let allowed = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-=,+@".utf8)
}
