import Accounts
import HTTPConventions

/// A mail of the queue: about whom and how far, never what it says.
struct WireMail: Encodable {
    let id: String
    @Nullable var kind: String?
    @Nullable var portalId: String?
    let addressee: String
    @Nullable var recipient: String?
    let state: String
    let attempts: Int
    @Nullable var lastFailure: String?
    @Nullable var nextAttemptAt: String?
    @Nullable var failedAt: String?
    @Nullable var linkExpiresAt: String?
    let createdAt: String

    init(_ mail: QueuedMail) {
        id = mail.id.description
        kind = mail.kind?.rawValue
        portalId = mail.portal?.description
        addressee = mail.addressee.rawValue
        recipient = mail.recipient?.value
        state = mail.stage.rawValue
        attempts = mail.attempts
        lastFailure = mail.problem
        nextAttemptAt = mail.nextAttemptAt?.wire
        failedAt = mail.failedAt?.wire
        linkExpiresAt = mail.linkExpiresAt?.wire
        createdAt = mail.createdAt.wire
    }
}

/// One page of the queue, with how many mails are in each state for the same portal and kind.
struct WireMailPage: Encodable {
    struct Meta: Encodable {
        let page: WirePage<WireMail>.Meta.Numbers
        let states: [String: Int]
    }

    let data: [WireMail]
    let meta: Meta

    init(_ found: Page<QueuedMail>, at request: PageRequest, counts: MailCounts) {
        let page = WirePage(found, at: request, WireMail.init)
        data = page.data
        meta = Meta(
            page: page.meta.page,
            states: Dictionary(uniqueKeysWithValues: MailStage.allCases.map { ($0.rawValue, counts[$0]) }))
    }
}
