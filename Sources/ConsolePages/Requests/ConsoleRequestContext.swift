import Accounts
import HTTPConventions
import Hummingbird
import Languages
import WebPages

/// What a page of the console knows of its request: who looks, and in which language.
struct ConsoleRequestContext: ChildRequestContext, PageContext {
    var coreContext: CoreRequestContextStorage
    let requestID: String
    let clientAddress: String?
    /// nil before somebody has logged in.
    var session: ConsoleSession?
    /// The texts in the language of whoever looks.
    var book = Phrasebook.of(.fallback)
    /// The ways to the page in other languages; nil where there are none.
    var languages: LanguageSwitch?
    /// Goes into the forms of the page; nil where it has none.
    var formToken: String?

    init(context: NodeRequestContext) {
        coreContext = context.coreContext
        requestID = context.requestID
        clientAddress = context.clientAddress
    }

    var maxUploadSize: Int { NodeRequestContext.maximumBodyBytes }

    /// Who is logged in.
    var admin: Admin? { session?.admin }

    /// - Throws: ``AccountError/notAuthenticated``.
    func requireSession() throws -> ConsoleSession {
        guard let session else { throw AccountError.notAuthenticated }
        return session
    }

    /// Who acts.
    var actor: AuditActor { admin.map { .admin($0.id) } ?? .anonymous }

    /// Whether whoever looks may do this; decides what is shown, and the routes decide what is allowed.
    func may(_ permission: AdminPermission) -> Bool { admin?.role.may(permission) ?? false }
}
