import GRDB
import Testing

@testable import SQLiteStore

@Suite("residency row 14: the store makes no temporary files")
struct TemporaryDataTests {
    @Test("what SQLite sorts and keeps for a statement stays in memory, for readers and for the writer")
    func memory() async throws {
        let folder = StoreFolderFixture()
        let store = try folder.open()
        // 2 is MEMORY; 0, the default, lets SQLite choose a file outside the data folder.
        let ofReader = try await store.read { try Int.fetchOne($0, sql: "PRAGMA temp_store") }
        let ofWriter = try await store.temporaryStoreOfWriter()
        #expect(ofReader == 2)
        #expect(ofWriter == 2)
        try await store.close()
    }
}

extension SQLiteStore {
    fileprivate func temporaryStoreOfWriter() async throws -> Int? {
        try await commits.perform { database, _ in try Int.fetchOne(database, sql: "PRAGMA temp_store") }
    }
}
