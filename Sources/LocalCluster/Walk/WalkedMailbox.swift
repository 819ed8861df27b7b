import Foundation
import Mail

/// The mails of one address in a geo's maildir.
struct WalkedMailbox: Sendable {
    /// How long a mail may take.
    static let limit = Duration.seconds(30)
    private static let mostMails = 1000

    let folder: String
    let address: String

    /// Waits for the mail with this number, counted from 1.
    @discardableResult
    func mail(_ number: Int, saying word: String? = nil) async throws -> MaildirMail {
        let deadline = ContinuousClock.now + Self.limit
        while ContinuousClock.now < deadline {
            let mails = try Maildir(folder: folder).mails(limit: Self.mostMails).filter { $0.recipient == address }
            if mails.count >= number {
                let mail = mails[mails.count - number]
                guard word.map(mail.text.contains) ?? true else {
                    throw WalkFailure("mail \(number) does not say \"\(word ?? "")\"")
                }
                return mail
            }
            try await Task.sleep(for: .milliseconds(10))
        }
        throw WalkFailure("mail \(number) did not come within \(Self.limit)")
    }

    /// The one-time token in the link of a mail.
    func token(inMail number: Int) async throws -> String {
        let mail = try await mail(number)
        guard let found = mail.text.firstMatch(of: /[?&]token=([0-9a-f-]{36})/) else {
            throw WalkFailure("mail \(number) has no link with a token")
        }
        return String(found.1)
    }
}
