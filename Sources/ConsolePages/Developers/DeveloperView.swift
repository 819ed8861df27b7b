import Accounts
import Languages
import WebPages

/// What the template of one developer shows.
struct DeveloperView {
    /// How many entries of the audit log are shown.
    static let historyLength = 50

    struct Button {
        let step: String
        let label: String
        let style: String
    }

    /// Who the developer is at an identity provider.
    struct Identity {
        let issuer: String
        let subject: String?
        let groups: String?
        let first: String
        let last: String

        init(_ identity: KnownIdentities.Identity, in book: Phrasebook) {
            issuer = identity.issuer
            subject = identity.subject
            groups = identity.groups.isEmpty ? nil : identity.groups.joined(separator: ", ")
            first = book.minute(identity.firstUsedAt)
            last = book.minute(identity.lastUsedAt)
        }
    }

    let name: String
    let email: String
    let status: String
    let origin: String
    let registered: String
    let verified: String?
    let changed: String
    let back: String
    let action: String
    let buttons: [Button]
    let hasButtons: Bool
    let identities: [Identity]
    let hasIdentities: Bool
    let notice: NoticeView?
    let problem: ProblemView?
    /// nil for an admin who may not read the audit log.
    let history: AuditListView?

    init(
        _ developer: Developer, at portal: Portal, identities: [KnownIdentities.Identity], history: AuditListView?,
        notice: NoticeView?, problem: ProblemView?, in context: ConsoleRequestContext
    ) {
        let book = context.book
        back = PortalArea.developers.path(at: portal)
        action = "\(back)/\(developer.id)"
        name = developer.fullName.value
        email = developer.email.value
        status = developer.statusLabel(in: book)
        origin =
            switch developer.origin {
            case .invitation: book["console.developer.byInvitation"]
            case .registration: book["console.developer.byRegistration"]
            case .singleSignOn: book["console.developer.byProvider"]
            }
        registered = book.minute(developer.createdAt)
        verified = developer.verifiedAt.map { book.minute($0) }
        changed = book.minute(developer.updatedAt)
        buttons =
            context.may(.decideAboutDevelopers)
            ? DeveloperStep.allCases.filter { $0.suits(developer) }.map { step in
                Button(
                    step: step.rawValue, label: step.button(in: book),
                    style: step == .approve ? "" : step == .delete ? " quiet danger-quiet" : " quiet")
            } : []
        hasButtons = !buttons.isEmpty
        self.identities = identities.map { Identity($0, in: book) }
        hasIdentities = !identities.isEmpty
        self.history = history
        self.notice = notice
        self.problem = problem
    }
}
