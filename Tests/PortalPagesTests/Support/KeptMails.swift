import PortalPages
import Synchronization

/// A development mailbox that remembers what it was asked for.
final class KeptMails: MailboxReader {
    let kept: [MailboxMail]
    private let asked = Mutex<[String]>([])

    init(_ kept: [MailboxMail]) { self.kept = kept }

    var askedFor: [String] { asked.withLock { $0 } }

    func mails(limit: Int) async throws -> [MailboxMail] { Array(kept.prefix(limit)) }

    func mail(_ id: String) async throws -> MailboxMail? {
        asked.withLock { $0.append(id) }
        return kept.first { $0.id == id }
    }
}
