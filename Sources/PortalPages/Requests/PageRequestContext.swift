import Accounts
import HTTPConventions
import Hummingbird
import Languages
import WebPages

/// What a page knows of its request: the portal, and who looks.
struct PageRequestContext: ChildRequestContext, PageContext {
    var coreContext: CoreRequestContextStorage
    let portal: Portal
    let requestID: String
    let clientAddress: String?
    var visitor = Visitor.unknown
    /// The texts in the language of whoever looks.
    var book = Phrasebook.of(.fallback)
    /// The ways to the page in other languages; nil where there are none.
    var languages: LanguageSwitch?

    /// - Throws: 404 on a host without a portal, where these pages do not exist.
    init(context: NodeRequestContext) throws {
        guard let portal = context.portal else { throw HTTPError(.notFound) }
        coreContext = context.coreContext
        self.portal = portal
        requestID = context.requestID
        clientAddress = context.clientAddress
    }

    var maxUploadSize: Int { NodeRequestContext.maximumBodyBytes }

    /// The same for somebody who has just logged out.
    var anonymous: PageRequestContext {
        var context = self
        context.visitor = .anonymous
        return context
    }

    var accountsOffered: Bool { portal.settings.authenticationEnabled }
}
