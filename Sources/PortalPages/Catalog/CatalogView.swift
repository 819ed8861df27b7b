import Accounts

/// A portal's catalog as a template shows it.
struct CatalogView {
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

    /// - Parameters:
    ///   - entries: all that the portal has.
    ///   - search: what somebody looks for; nil for everything.
    init(_ entries: [CatalogEntry], search: String?, in context: PageRequestContext) {
        let developer = context.visitor.developer
        let visible = entries.filter { $0.isVisible(to: context.visitor) }
        let found = visible.filter { search.map($0.matches) ?? true }
        let look = context.portal.look
        title = look.welcomeTitle ?? context.portal.displayName
        welcome = [look.welcomeText, context.portal.description].compactMap(\.self).first { !$0.isEmpty }
        self.developer = developer?.fullName.value
        cards = found.map(Card.init)
        hasCards = !cards.isEmpty
        isSearchable = !visible.isEmpty
        self.search = search
        let book = context.book
        let total = book.text("portal.catalog.count", count: visible.count)
        count =
            search == nil ? total : book.text("portal.catalog.found", ["found": book.number(found.count), "total": total])
        nothing = search.map { book.text("portal.catalog.nothingMatches", ["search": $0]) }
        hidesSome = visible.count < entries.count && context.accountsOffered
    }
}

extension CatalogEntry {
    /// Private APIs are for developers who are logged in.
    func isVisible(to visitor: Visitor) -> Bool { visibility == .public || visitor.developer != nil }

    /// Whether each word stands somewhere in the name, the version or the description, in any case.
    func matches(_ search: String) -> Bool {
        let text = [api.name, api.version, api.description].compactMap(\.self).joined(separator: "\n").lowercased()
        return search.lowercased().split(whereSeparator: \.isWhitespace).allSatisfy { text.contains($0) }
    }
}
