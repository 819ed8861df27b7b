import Languages

/// The ways to the pages before and after one page of a list.
public struct Pager: Sendable {
    /// Counted from 1; never beyond the last one.
    public let page: Int
    public let previous: String?
    public let next: String?
    /// "Page 2 of 5", or "Page 2" where nobody knows how many there are.
    public let place: String
    /// Whether there is more than one page.
    public let isNeeded: Bool

    /// - Parameters:
    ///   - page: which one is asked for; one beyond the end is taken for the last.
    ///   - total: how many things the list has.
    ///   - isCounted: whether the list may not be longer than that.
    ///   - path: of the list, without a query.
    ///   - query: what else the list's address holds.
    public init(
        page: Int, size: Int, total: Int, isCounted: Bool = true, path: String, query: [(name: String, value: String)],
        in book: Phrasebook
    ) {
        let last = max(1, (total + size - 1) / size)
        let page = min(max(1, page), last)
        self.page = page
        func address(_ number: Int) -> String {
            LocalPath.address(path, query: query + (number > 1 ? [("page", String(number))] : []))
        }
        previous = page > 1 ? address(page - 1) : nil
        next = page < last ? address(page + 1) : nil
        place =
            isCounted
            ? book.text("common.pages.place", ["page": book.number(page), "last": book.number(last)])
            : book.text("common.pages.openPlace", ["page": book.number(page)])
        isNeeded = last > 1
    }

    /// The page that a request asks for; the first one where it names none that could be.
    public static func number(in query: FormFields) -> Int { Int(query["page"]).map { min(max($0, 1), mostPages) } ?? 1 }

    /// Beyond any list, and far from where numbers overflow.
    private static let mostPages = 1_000_000
}
