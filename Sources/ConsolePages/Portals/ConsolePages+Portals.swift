import Accounts
import Hummingbird

/// What the template of all portals shows.
private struct PortalsView {
    struct Card {
        let name: String
        let path: String
        let address: String
        /// How many developers wait, in words; nil for none.
        let waiting: String?
    }

    let portals: [Card]
    let hasPortals: Bool
}

extension ConsolePages {
    /// `GET /`: the geo's portals, and how many developers wait at each.
    @Sendable func portals(_ request: Request, context: ConsoleRequestContext) async throws -> Response {
        let found = try await flows.portals.portals(page: PageRequest(size: PageRequest.maximumSize))
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
            content: PortalsView(portals: cards, hasPortals: !cards.isEmpty), at: .area(.portals), in: context)
    }
}
