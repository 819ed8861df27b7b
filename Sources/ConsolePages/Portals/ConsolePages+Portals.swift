import Accounts
import Hummingbird
import WebPages

/// What the template of all portals shows.
private struct PortalsView {
    static let pageSize = 24

    struct Card {
        let name: String
        let path: String
        let address: String
        /// How many developers wait, in words; nil for none.
        let waiting: String?
    }

    let portals: [Card]
    let hasPortals: Bool
    let pager: Pager
}

extension ConsolePages {
    /// `GET /`: the geo's portals, and how many developers wait at each.
    @Sendable func portals(_ request: Request, context: ConsoleRequestContext) async throws -> Response {
        let (found, pager) = try await page(
            of: PortalsView.pageSize, at: "/", asked: FormFields(queryOf: request), in: context
        ) { try await flows.portals.portals(page: $0) }
        var cards: [PortalsView.Card] = []
        for portal in found.elements {
            let waiting = try await flows.approval.developers(
                at: portal, matching: DeveloperFilter(statuses: [.pending]), page: PageRequest(size: 1)
            ).total
            cards.append(
                PortalsView.Card(
                    name: portal.displayName, path: PortalArea.requests.path(at: portal),
                    address: flows.links.canonicalHost(of: portal),
                    waiting: waiting == 0 ? nil : context.book.text("console.portals.waiting", count: waiting)))
        }
        return try renderer.response(
            .portals, title: context.book["console.portals.title"],
            content: PortalsView(portals: cards, hasPortals: !cards.isEmpty, pager: pager), at: .area(.portals), in: context)
    }
}
