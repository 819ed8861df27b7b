import Accounts
import Languages
import WebPages

/// One of a developer's sessions as the template of an account shows it.
struct SessionView {
    let browser: String
    let isCurrent: Bool
    let started: String
    let startedDate: String
    let lastUsed: String
    let lastUsedDate: String
    /// The form that ends it.
    let ending: FormView

    init(_ session: SessionSummary, isCurrent: Bool, in book: Phrasebook, ending form: (FormPage) -> FormView) {
        browser = BrowserName(agent: session.agent, in: book).words
        self.isCurrent = isCurrent
        started = book.minute(session.createdAt)
        startedDate = session.createdAt.iso8601
        lastUsed = book.minute(session.renewedAt)
        lastUsedDate = session.renewedAt.iso8601
        var page = FormPage(.endSession)
        page.carry(Self.fieldName, session.id.description)
        if isCurrent {
            page.button = book["portal.account.logOutHere"]
        } else {
            page.buttonDetail = book.text("portal.account.whichSession", ["browser": browser, "started": started])
        }
        ending = form(page)
    }

    /// The hidden field that says which session a form ends.
    static let fieldName = "session"
}
