import Accounts
import HTTPConventions
import HTTPTypes
import Hummingbird
import Languages
import WebPages

/// The portals' pages: what stands around them, and their words about errors.
struct PortalSite: PageSite {
    let geoName: String
    let hasMailbox: Bool

    func reference(in book: Phrasebook) -> String { book["portal.errors.reference"] }

    /// A portal's navigation follows from the template; nil for the page of an error.
    func place(showing template: PageTemplate?) -> PageTemplate? { template }

    func view(at place: PageTemplate?, in context: PageRequestContext) -> SiteView {
        SiteView(context, showing: place, geoName: geoName, hasMailbox: hasMailbox)
    }

    func refusal(_ error: any Error) -> Problem? { nil }

    func message(about error: any Error, as problem: Problem, in book: Phrasebook) -> PageMessage {
        switch error {
        case let error as AccountError: PageMessage(error, as: problem, in: book)
        case let error as SignOnError: PageMessage(error, status: problem.status, in: book)
        default: PageMessage(problem, in: book)
        }
    }

    func ways(out message: PageMessage, at request: Request, in context: PageRequestContext) -> [PageMessage.Way] {
        guard message.status == .notFound, let logIn = logIn(at: request, in: context) else { return message.ways }
        return message.ways + [logIn]
    }

    /// For somebody who may find the page after logging in. The query stays behind: it may hold a token.
    private func logIn(at request: Request, in context: PageRequestContext) -> PageMessage.Way? {
        guard request.method != .post, case .anonymous = context.visitor, context.accountsOffered else { return nil }
        return LocalPath(request.uri.path).map { PageMessage.Way(path: $0.logIn, label: context.book["portal.ways.logIn"]) }
    }
}
