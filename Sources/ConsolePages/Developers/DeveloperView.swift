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
    let notice: NoticeView?
    let problem: ProblemView?
    /// nil for an admin who may not read the audit log.
    let history: AuditListView?

    init(
        _ developer: Developer, at portal: Portal, history: AuditListView?, notice: NoticeView?, problem: ProblemView?,
        in context: ConsoleRequestContext
    ) {
        let book = context.book
        back = PortalArea.developers.path(at: portal)
        action = "\(back)/\(developer.id)"
        name = developer.fullName.value
        email = developer.email.value
        status = developer.statusLabel(in: book)
        origin =
            developer.origin == .invitation ? book["console.developer.byInvitation"] : book["console.developer.byRegistration"]
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
        self.history = history
        self.notice = notice
        self.problem = problem
    }
}
