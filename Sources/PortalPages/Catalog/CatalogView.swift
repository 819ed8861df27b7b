import Accounts
import Languages
import WebPages

/// A portal's catalog as a template shows it.
struct CatalogView {
    /// How many APIs stand on one page.
    static let pageSize = 24

    /// One API among the others.
    struct Card {
        let path: String
        let name: String
        let version: String?
        let description: String?
        let isPrivate: Bool

        init(_ entry: CatalogEntry) {
            path = "/apis/\(entry.api.slug)"
            name = entry.api.name
            version = entry.api.version.flatMap { $0.isEmpty ? nil : $0 }
            description = entry.api.description.flatMap { $0.isEmpty ? nil : $0 }
            isPrivate = entry.visibility == .private
        }
    }

    let title: String
    /// What the portal says of itself.
    let welcome: String?
    /// The developer's name, where one is logged in.
    let developer: String?
    let cards: [Card]
    let hasCards: Bool
    /// There is something to search in.
    let isSearchable: Bool
    let search: String?
    let count: String
    /// What is said where a search finds nothing.
    let nothing: String?
    /// Logging in shows more.
    let hidesSome: Bool

    let pager: Pager

    /// - Parameters:
    ///   - found: one page of the APIs.
    ///   - search: what somebody looks for; nil for everything.
    ///   - visible: how many APIs whoever looks may see.
    ///   - all: how many there are.
    init(
        _ found: Page<CatalogEntry>, page: PageRequest, search: String?, visible: Int, all: Int, in context: PageRequestContext
    ) {
        let book = context.book
        let look = context.portal.look
        title = look.welcomeTitle ?? context.portal.displayName
        welcome = [look.welcomeText, context.portal.description].compactMap(\.self).first { !$0.isEmpty }
        developer = context.visitor.developer?.fullName.value
        cards = found.elements.map(Card.init)
        hasCards = !cards.isEmpty
        isSearchable = visible > 0
        self.search = search
        let isCounted = search == nil || found.total <= CatalogSearch.countedMatches
        count = Self.count(of: found.total, isCounted: isCounted, search: search, among: visible, in: book)
        nothing = search.map { book.text("portal.catalog.nothingMatches", ["search": $0]) }
        hidesSome = visible < all && context.accountsOffered
        pager = Pager(
            page: page.number, size: page.size, total: found.total, isCounted: isCounted, path: "/",
            query: search.map { [("q", $0)] } ?? [], in: book)
    }

    private static func count(
        of found: Int, isCounted: Bool, search: String?, among visible: Int, in book: Phrasebook
    ) -> String {
        let total = book.text("portal.catalog.count", count: visible)
        guard search != nil else { return total }
        guard isCounted else {
            return book.text(
                "portal.catalog.foundMany", ["found": book.number(CatalogSearch.countedMatches), "total": total])
        }
        return book.text("portal.catalog.found", ["found": book.number(found), "total": total])
    }
}
