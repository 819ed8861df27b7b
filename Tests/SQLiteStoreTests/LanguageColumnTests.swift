import Accounts
import GRDB
import Languages
import Testing

@testable import SQLiteStore

@Suite("The developers' languages in a store")
struct LanguageColumnTests {
    let folder = StoreFolderFixture()

    @Test("a store from before languages were opens with its developers, who have told none")
    func migration() async throws {
        let portal = try StoreFixtures.portal()
        var developer = try StoreFixtures.developer("jane@example.com", at: portal)
        var store = try folder.open()
        try await store.create(portal)
        try await store.add(developer)
        try await store.close()
        try execute(
            "ALTER TABLE developer DROP COLUMN language; DELETE FROM grdb_migrations WHERE identifier = 'v2 languages'")
        store = try folder.open()
        #expect(try await store.developer(developer.id, in: portal.id) == developer)
        developer.language = .german
        try await store.add(developer)
        #expect(try await store.developer(developer.id, in: portal.id)?.language == .german)
        try await store.close()
    }

    @Test("a language that this version does not speak keeps nobody out")
    func unknown() async throws {
        let portal = try StoreFixtures.portal()
        let developer = try StoreFixtures.developer("jane@example.com", at: portal)
        var store = try folder.open()
        try await store.create(portal)
        try await store.add(developer)
        try await store.close()
        try execute("UPDATE developer SET language = 'tlh'")
        store = try folder.open()
        #expect(try await store.developer(developer.id, in: portal.id) == developer)
        try await store.close()
    }

    /// Does something to the closed store behind its back.
    private func execute(_ sql: String) throws {
        let database = try DatabaseQueue(path: folder.store)
        try database.writeWithoutTransaction { try $0.execute(sql: sql) }
        try database.close()
    }
}
