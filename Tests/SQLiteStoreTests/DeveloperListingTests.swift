import Accounts
import Testing

@testable import SQLiteStore

@Suite("A list of many developers", .timeLimit(.minutes(5)))
struct DeveloperListingTests {
    private static let few = DeveloperListing.Bounds(few: 3, smallPortal: 5)
    private let folder = StoreFolderFixture()

    @Test("shows the same whether the few are sorted or the index of the order is walked")
    func walking() async throws {
        let store = try folder.open()
        let portal = try await crowd(in: store)
        let texts: [TextMatch?] = [nil, .contains(["example"]), .contains(["dev1"]), .differs("dev3@example.com")]
        let statuses: [Set<DeveloperStatus>?] = [nil, [.approved], [.pending, .revoked]]
        for filter in texts.flatMap({ text in statuses.map { DeveloperFilter(statuses: $0, email: text) } }) {
            for key in DeveloperOrder.Key.allCases {
                for isDescending in [false, true] {
                    let order = DeveloperOrder(by: key, isDescending: isDescending)
                    for number in 1...4 {
                        let page = PageRequest(number: number, size: 6)
                        let walked = try await store.listing(portal, filter, order, Self.few, page)
                        let sorted = try await store.listing(portal, filter, order, DeveloperListing.Bounds(), page)
                        #expect(walked.elements == sorted.elements, "\(filter) \(order) page \(number)")
                    }
                }
            }
        }
        try await store.close()
    }

    @Test("counts exactly without a text, and up to the bound with one")
    func totals() async throws {
        let store = try folder.open()
        let portal = try await crowd(in: store)
        func total(_ filter: DeveloperFilter, page: PageRequest = PageRequest(size: 6)) async throws -> Int {
            try await store.listing(portal, filter, DeveloperOrder(), Self.few, page).total
        }
        #expect(try await total(DeveloperFilter()) == 20)
        #expect(try await total(DeveloperFilter(statuses: [.approved])) == 5)
        #expect(try await total(DeveloperFilter(email: .contains(["dev19"]))) == 1)
        // Twenty match; that six were seen is known, and that there are more.
        #expect(try await total(DeveloperFilter(email: .contains(["example"]))) == 6)
        #expect(try await total(DeveloperFilter(email: .contains(["example"])), page: PageRequest(number: 4, size: 6)) == 20)
        // Many match the text and many have the status, but nobody both.
        let others = TextMatch.contains(["dev2@", "dev3@", "dev4@", "dev6@"])
        #expect(try await total(DeveloperFilter(statuses: [DeveloperStatus.allCases[1]], email: others)) == 0)
        try await store.close()
    }

    @Test("refuses a search that no index helps where the portal is large, and does it where it is small")
    func shortTexts() async throws {
        let store = try folder.open()
        let portal = try await crowd(in: store)
        let filter = DeveloperFilter(name: .contains(["do"]))
        #expect(try await store.listing(portal, filter, DeveloperOrder(), DeveloperListing.Bounds(), PageRequest()).total == 20)
        let refusal = AccountError.invalidField(.tooShort("filter[name]", minimum: 3))
        await #expect(throws: refusal) {
            try await store.listing(portal, filter, DeveloperOrder(), Self.few, PageRequest())
        }
        try await store.close()
    }

    @Test("uses an index for every order and every small set, and scans nothing")
    func plans() async throws {
        let store = try folder.open()
        let portal = try await crowd(in: store)
        for key in DeveloperOrder.Key.allCases {
            let plan = try await store.plan(
                portal, DeveloperFilter(statuses: [.approved], email: .contains(["exa"])), DeveloperOrder(by: key), Self.few)
            #expect(plan.allSatisfy { !$0.contains("TEMP B-TREE") && !$0.hasPrefix("SCAN developer") }, "\(key): \(plan)")
        }
        try await store.close()
    }

    private func crowd(in store: SQLiteStore) async throws -> PortalID {
        let portal = try StoreFixtures.portal()
        try await store.create(portal, recording: AuditEvent(.portalCreated, by: .operator, portal: portal.id))
        for number in 0..<20 {
            let developer = Developer(
                id: StoreFixtures.mint.id(), portal: portal.id, email: try EmailAddress("dev\(number)@example.com"),
                fullName: try FullName("Jane Doe \(19 - number)"), status: DeveloperStatus.allCases[number % 4],
                verifiedAt: number % 3 == 0 ? nil : StoreFixtures.now, createdAt: StoreFixtures.now,
                updatedAt: StoreFixtures.now.adding(.seconds(number * 7 % 20)))
            try await store.add(developer)
        }
        return portal.id
    }
}

extension SQLiteStore {
    fileprivate func listing(
        _ portal: PortalID, _ filter: DeveloperFilter, _ order: DeveloperOrder, _ bounds: DeveloperListing.Bounds,
        _ page: PageRequest
    ) async throws -> Page<Developer> {
        try await read { database in
            try DeveloperListing(database: database, portal: portal, filter: filter, order: order, bounds: bounds).page(page)
        }
    }

    /// How SQLite gets the rows of a page.
    fileprivate func plan(
        _ portal: PortalID, _ filter: DeveloperFilter, _ order: DeveloperOrder, _ bounds: DeveloperListing.Bounds
    ) async throws -> [String] {
        try await read { database in
            try DeveloperListing(database: database, portal: portal, filter: filter, order: order, bounds: bounds).plan()
        }
    }
}
