import Accounts
import Crypto
import HTTPConventions
import Hummingbird
import Logging
import WebPages

/// The developers' pages of a portal: rendered on the server, working without scripts.
///
/// ```swift
/// let pages = try PortalPages(
///     flows: flows, mailbox: nil, formKey: SymmetricKey(size: .bits256), geoName: "Europe", clock: SystemClock(), logger: logger)
/// pages.addRoutes(to: router)
/// ```
/// A page asks the same flows as the Portal API; it only speaks to people instead of programs.
public struct PortalPages: Sendable {
    let flows: AccountFlows
    let mailbox: (any MailboxReader)?
    let formTokens: FormTokens
    let renderer: PageRenderer<PortalSite>
    let clock: any WallClock
    let documents: RenderedDocuments
    private let recognition: VisitorRecognition
    let errorPages: ErrorPages<PortalSite>

    /// How much memory rendered documents may take where an operator says nothing else.
    public static let standardRenderedDocumentBytes = 48 * 1024 * 1024

    /// - Parameters:
    ///   - flows: the accounts of this geo.
    ///   - mailbox: the development mailbox; nil where mail is really sent.
    ///   - formKey: signs what proves that a form came from these pages. All nodes of a geo that serve one portal need the same;
    ///     a new key costs its users one more press of a button.
    ///   - geoName: what people read: "Europe".
    ///   - renderedDocumentBytes: how much memory rendered documents may take, about.
    /// - Throws: ``PageError`` where a template cannot be read.
    public init(
        flows: AccountFlows, mailbox: (any MailboxReader)?, formKey: SymmetricKey, geoName: String, clock: any WallClock,
        renderedDocumentBytes: Int = PortalPages.standardRenderedDocumentBytes, logger: Logger
    ) throws {
        self.flows = flows
        self.mailbox = mailbox
        self.clock = clock
        documents = RenderedDocuments(mostBytes: renderedDocumentBytes)
        formTokens = FormTokens(key: formKey)
        renderer = try PageRenderer(PortalSite(geoName: geoName, hasMailbox: mailbox != nil))
        recognition = VisitorRecognition(sessions: flows.sessions, clock: clock)
        errorPages = ErrorPages(renderer: renderer, logger: logger)
    }

    /// Adds every page, and the page that says that there is none.
    ///
    /// What stands on a host without a portal is not answered here: it is not found.
    public func addRoutes(to router: some RouterMethods<NodeRequestContext>) {
        let frame = PageFrame(errorPages: errorPages)
        let pages = router.group(context: PageRequestContext.self).add(middleware: PageLanguage()).add(middleware: frame)
        addAssets(to: pages)
        if mailbox != nil { addMailbox(to: pages) }

        let guarded = pages.group().add(middleware: CrossSiteGuard(rule: CrossSiteRule(scheme: flows.links.scheme)))
        addPersonalPages(to: guarded)
        addAccount(to: guarded)
    }

    private func addPersonalPages(to pages: RouterGroup<PageRequestContext>) {
        let personal = pages.group().add(middleware: VisitorMiddleware(recognition: recognition, errorPages: errorPages))
        personal.page("", get: catalog)
        addDocuments(to: personal)
        personal.page("language", get: missingPage, hasPagesBelow: true)
        personal.page("language/{tag}", get: chooseLanguage)

        let accounts = personal.group().add(middleware: AccountsOffered())
        accounts.page("login/sso", get: beginSignOn)
        let passwords = accounts.group().add(middleware: PasswordsOffered())
        passwords.page("register", get: registrationForm, post: register)
        accounts.page("login", get: logInForm, post: logIn)
        passwords.page("verify-email", post: verifyEmail)
        passwords.page("reset-password", get: passwordForm, post: setPassword)
        passwords.page("forgot-password", get: recoveryForm, post: forgotPassword)
        accounts.page("approval-pending", get: approvalPending)
        accounts.page("logout", get: logOutForm, post: logOut)
    }

    private func addDocuments(to pages: RouterGroup<PageRequestContext>) {
        pages.page("apis", get: missingPage, hasPagesBelow: true)
        pages.page("apis/{slug}", get: publishedAPI, hasPagesBelow: true)
        pages.page("apis/{slug}/{part}", get: missingPage)
        pages.page("apis/{slug}/document", get: documentFile)
        for (path, page) in [("operations", operation), ("schemas", schema)] {
            pages.page("apis/{slug}/\(path)", get: missingPage, hasPagesBelow: true)
            pages.page("apis/{slug}/\(path)/{part}", get: page)
        }
    }

    /// A developer may sit before a form for longer than an access token lives; so sending one renews the session.
    private func addAccount(to pages: RouterGroup<PageRequestContext>) {
        let own = pages.group()
            .add(middleware: VisitorMiddleware(recognition: recognition, errorPages: errorPages, renewingFor: [.get, .post]))
            .add(middleware: AccountsOffered())
        own.page("account", get: account)
        own.page("account/name", get: backToAccount, post: changeName)
        own.page("account/password", get: backToAccount, post: changePassword)
        own.page("account/sessions", get: backToAccount, post: endSession)
        own.page("account/export", get: export)
        own.page("account/delete", get: deletionForm, post: deleteAccount)
    }

    @Sendable func missingPage(_ request: Request, context: PageRequestContext) async throws -> Response {
        throw HTTPError(.notFound)
    }
}
