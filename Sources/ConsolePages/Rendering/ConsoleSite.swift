import Accounts
import HTTPConventions
import HTTPTypes
import Hummingbird
import Languages
import WebPages

/// The console's pages: what stands around them, and their words about errors.
struct ConsoleSite: PageSite {
    let geoName: String

    func reference(in book: Phrasebook) -> String { book["console.errors.reference"] }

    func place(showing template: ConsoleTemplate?) -> ConsolePlace { .elsewhere }

    func view(at place: ConsolePlace, in context: ConsoleRequestContext) -> SiteView { SiteView(context, at: place) }

    func refusal(_ error: any Error) -> Problem? { (error as? ConsoleRefusal).map(Problem.init) }

    func message(about error: any Error, as problem: Problem, in book: Phrasebook) -> PageMessage {
        switch error {
        case is ConsoleRefusal: .refusing(problem, with: "console.errors.stale", in: book)
        case AccountError.unknownToken, AccountError.usedToken, AccountError.expiredToken:
            .refusing(problem, with: "console.errors.deadLink", in: book)
        case AccountError.invalidCredentials:
            .refusing(problem, with: "console.errors.credentials", isMendable: true, in: book)
        default: PageMessage(problem, wordsFrom: "console.errors", in: book)
        }
    }

    func ways(out message: PageMessage, at request: Request, in context: ConsoleRequestContext) -> [PageMessage.Way] {
        message.status == .unauthorized
            ? [PageMessage.Way(path: "/login", label: context.book["console.errors.toLogIn"], isMain: true)]
            : [PageMessage.Way(path: "/", label: context.book["console.errors.toPortals"])]
    }
}

extension PageMessage {
    /// With words of its own.
    fileprivate static func refusing(
        _ problem: Problem, with phrase: String, isMendable: Bool = false, in book: Phrasebook
    ) -> PageMessage {
        PageMessage(
            status: problem.status, title: book["\(phrase).title"], text: book["\(phrase).text"], headers: problem.headers,
            isMendable: isMendable)
    }
}
