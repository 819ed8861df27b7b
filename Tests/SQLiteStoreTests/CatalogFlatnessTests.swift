import Accounts
import Foundation
import GRDB
import Geography
import Testing

@testable import SQLiteStore

@Suite("A catalog of many APIs")
struct CatalogFlatnessTests {
    let folder = StoreFolderFixture()

    @Test("lists and searches look at no more APIs than they show, and read no documents")
    func flat() async throws {
        let store = try folder.open()
        let portal = try StoreFixtures.portal()
        try await store.create(portal, recording: AuditEvent(.portalCreated, by: .operator, portal: portal.id))
        for number in 0..<300 { try await store.publish(number, to: portal.id) }
        let page = PageRequest(number: 1, size: 20)
        let list = try await store.catalog(of: portal.id, visibleAs: .public, selectedBy: APISelection(), page: page)
        #expect(list.total == 300)
        #expect(list.elements.count == 20)
        for text in ["service", "shared", "7"] {
            let search = try #require(CatalogSearch(text))
            let found = try await store.search(search, in: portal.id, visibleAs: .public, page: page)
            #expect(found.elements.count == 20)
            #expect(found.total == CatalogSearch.countedMatches + 1)
        }
        let exact = try await store.search(
            try #require(CatalogSearch("service 0277")), in: portal.id, visibleAs: .public, page: page)
        #expect(exact.elements.map(\.api.name) == ["Service 0277"])
        let plan = try await store.read { database in
            try Row.fetchAll(
                database,
                sql: """
                    EXPLAIN QUERY PLAN SELECT api FROM publication INDEXED BY publication_by_visibility
                    WHERE portal = ? AND publication.visibility = 'public' ORDER BY name_key, api LIMIT 20
                    """, arguments: [portal.id.stored]
            ).map { row -> String in try row.value("detail") }
        }
        #expect(plan.allSatisfy { !$0.contains("TEMP B-TREE") && !$0.hasPrefix("SCAN") }, "\(plan)")
        try await store.integrityCheck()
        try await store.close()
    }

    @Test("a store from before the catalog had documents keeps its APIs, and finds them")
    func migrated() async throws {
        let schema = StoreSchema(geo: .eu, now: Timestamp(milliseconds: 0))
        let database = try DatabaseQueue()
        try schema.migrator.migrate(database, upTo: "v1")
        let mint = Mint(geo: .eu, clock: SystemClock())
        let (portal, api, other) = (try StoreFixtures.portal(), mint.id(of: PublishedAPI.self), mint.id(of: PublishedAPI.self))
        try await database.write { database in
            // What the table had at the time.
            let known = Set(try Row.fetchAll(database, sql: "PRAGMA table_info(portal)").map { try $0.value("name") as String })
            let values = try portal.values.filter { known.contains($0.key) }.sorted { $0.key < $1.key }
            try database.execute(
                sql: """
                    INSERT INTO portal (number, \(values.map(\.key).joined(separator: ", ")))
                    VALUES (1, \(values.map { _ in "?" }.joined(separator: ", ")))
                    """, arguments: StatementArguments(values.map(\.value)))
            for (id, name, slug) in [(api, "Zahlung", "zahlung"), (other, "Ａ", "a")] {
                try database.execute(
                    sql: "INSERT INTO api VALUES (?, ?, ?, 'v1', 'über Geld', 1, 2)", arguments: [id.stored, slug, name])
                try database.execute(
                    sql: "INSERT INTO publication VALUES (?, ?, 'public', 5)", arguments: [portal.id.stored, id.stored])
            }
        }
        try schema.migrator.migrate(database)
        try await database.read { database in
            let list = try APIListing(database: database, selection: APISelection())
                .catalog(of: portal.id, visibleAs: .public, PageRequest())
            #expect(list.elements.map(\.api.name) == ["Ａ", "Zahlung"])
            #expect(list.total == 2)
            for text in ["ÜBER GELD", "zahlung"] {
                let search = try #require(CatalogSearch(text))
                let found = try CatalogSearching(database: database, portal: portal.id, visibility: .public, search: search)
                    .page(PageRequest())
                #expect(found.elements.map(\.api.id).contains(api))
            }
            #expect(try database.publication(of: api, at: portal.id)?.updatedAt == Timestamp(milliseconds: 5))
        }
    }
}

extension SQLiteStore {
    /// An API with a document of some size, for everybody.
    fileprivate func publish(_ number: Int, to portal: PortalID) async throws {
        let id = Mint(geo: .eu, clock: SystemClock()).id(of: PublishedAPI.self)
        let now = Timestamp(milliseconds: Int64(number))
        let name = "Service \(String(10_000 + number).dropFirst())"
        let specification = Specification(
            id: Mint(geo: .eu, clock: SystemClock()).id(), format: .yaml, openAPI: "3.1.0", title: name, version: "1",
            digest: String(repeating: "0", count: 64), size: 10_000, createdAt: now, updatedAt: now)
        let operations = (0..<5).map { place in
            SpecificationOperation(
                method: "GET", path: "/shared/\(place)", operationID: nil, summary: nil, tags: [], anchor: "get-\(place)")
        }
        let document = CatalogChange.NewDocument(
            SpecificationDocument(specification: specification, content: Array(repeating: 0x20, count: 10_000)),
            reading: SpecificationReading(
                format: .yaml, openAPI: "3.1.0", title: name, version: "1", operations: operations,
                searchText: operations.map(\.path)))
        try await step(on: id, at: portal) { _ in
            var change = CatalogChange()
            change.api = .put(
                PublishedAPI(
                    id: id, name: name, version: "1", description: "A 7", slug: "service-\(number)",
                    specification: specification, createdAt: now, updatedAt: now))
            change.document = .put(document)
            change.publication = .put(
                Publication(api: id, portal: portal, visibility: .public, createdAt: now, updatedAt: now))
            return CatalogDecision((), change)
        }
    }
}
