import Accounts
import Languages
import WebPages

/// What the template of one API shows.
struct APIView {
    struct Place {
        let portal: String
        let name: String
        /// Who sees it there, in words; for whoever may not change it.
        let state: String
        let choice: SelectView
    }

    static let unpublished = "none"
    /// How many portals are shown at once.
    static let placesOnPage = 25

    let title: String
    let back = "/apis"
    let path: String
    let version: String
    let slug: String
    let description: String?
    let document: String
    let changed: String
    let places: [Place]
    let hasPlaces: Bool
    let pager: Pager
    let mayChange: Bool
    let form: APIFormView
    let notice: NoticeView?
    let problem: ProblemView?

    init(
        _ api: PublishedAPI, at portals: [Portal], pager: Pager, published: [PortalID: Visibility], form draft: APIForm? = nil,
        notice: String? = nil, refused message: PageMessage? = nil, in context: ConsoleRequestContext
    ) {
        let book = context.book
        title = api.name
        path = "/apis/\(api.id)"
        version = api.version ?? "–"
        slug = api.slug
        description = api.description
        document =
            api.specification.map { "OpenAPI \($0.openAPI), \($0.format.rawValue.uppercased()), \(book.number($0.size)) B" }
            ?? book["console.catalog.noDocument"]
        changed = book.minute(api.updatedAt)
        places = portals.map { portal in
            let state = published[portal.id]?.rawValue ?? Self.unpublished
            let options = [
                (Self.unpublished, book["console.catalog.unpublished"]),
                (Visibility.private.rawValue, book["console.catalog.private"]),
                (Visibility.public.rawValue, book["console.catalog.public"]),
            ]
            return Place(
                portal: portal.id.description, name: portal.displayName, state: options.first { $0.0 == state }?.1 ?? state,
                choice: SelectView(
                    "visibility-\(portal.id)", label: portal.displayName, options: options.map { ($0.0, $0.1) }, selected: state))
        }
        hasPlaces = !places.isEmpty
        self.pager = pager
        mayChange = context.may(.managePortals)
        form = APIFormView(draft ?? APIForm(api), action: path, isNew: false, refused: message, in: book)
        self.notice = NoticeView(notice)
        problem = form.problem
    }
}
