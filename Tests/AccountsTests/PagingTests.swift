import Accounts
import Testing

@Suite("One page of a list")
struct PagingTests {
    @Test("a page that is not full tells the total, unless it may be beyond the end")
    func total() {
        #expect(PageRequest(size: 10).total(whereFound: 0) == 0)
        #expect(PageRequest(size: 10).total(whereFound: 9) == 9)
        #expect(PageRequest(size: 10).total(whereFound: 10) == nil)
        #expect(PageRequest(number: 3, size: 10).total(whereFound: 1) == 21)
        #expect(PageRequest(number: 3, size: 10).total(whereFound: 0) == nil)
        #expect(PageRequest(number: Int.max, size: 100).total(whereFound: 0) == nil)
    }
}
