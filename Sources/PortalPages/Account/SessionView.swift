import Accounts

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

    init(_ session: SessionSummary, isCurrent: Bool, ending form: (FormPage) -> FormView) {
        browser = BrowserName(agent: session.agent).words
        self.isCurrent = isCurrent
        started = session.createdAt.minute
        startedDate = session.createdAt.iso8601
        lastUsed = session.renewedAt.minute
        lastUsedDate = session.renewedAt.iso8601
        var page = FormPage(.endSession)
        page.carry(Self.fieldName, session.id.description)
        if isCurrent { page.button = "Log out here" } else { page.buttonDetail = "of \(browser), started \(started)" }
        ending = form(page)
    }

    /// The hidden field that says which session a form ends.
    static let fieldName = "session"
}
