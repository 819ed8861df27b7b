import Languages
import Testing
import WebPages

@Suite("Lists in parts")
struct PagerTests {
    @Test(
        "the ways lead to the pages that there are",
        arguments: [
            (1, 0, 1, nil, nil), (1, 24, 1, nil, nil), (1, 25, 1, nil, "/?q=a%20b&page=2"),
            (2, 72, 2, "/?q=a%20b", "/?q=a%20b&page=3"), (3, 72, 3, "/?q=a%20b&page=2", nil),
            (99, 72, 3, "/?q=a%20b&page=2", nil), (-5, 72, 1, nil, "/?q=a%20b&page=2"),
        ] as [(Int, Int, Int, String?, String?)])
    func ways(page: Int, total: Int, shown: Int, previous: String?, next: String?) {
        let pager = Pager(
            page: page, size: 24, total: total, path: "/", query: [("q", "a b")], in: Phrasebook.of(.english))
        #expect(pager.page == shown)
        #expect(pager.previous == previous)
        #expect(pager.next == next)
        #expect(pager.isNeeded == (total > 24))
    }

    @Test("a list that nobody has counted to its end does not say how many pages it has")
    func uncounted() {
        let book = Phrasebook.of(.english)
        #expect(Pager(page: 2, size: 24, total: 101, isCounted: false, path: "/", query: [], in: book).place == "Page 2")
        #expect(Pager(page: 2, size: 24, total: 96, path: "/", query: [], in: book).place == "Page 2 of 4")
    }
}
