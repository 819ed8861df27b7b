import Accounts
import Crypto
import Foundation
import GRDB
import Testing

@testable import SQLiteStore

@Suite("A copy of a store")
struct SnapshotTests {
    let folder = StoreFolderFixture()

    @Test("has what was committed before, is whole, and has no name and no trace in the folder")
    func beside() async throws {
        let store = try folder.open()
        let portal = try StoreFixtures.portal()
        try await store.create(portal)
        for number in 1...50 { try await store.add(StoreFixtures.developer("dev\(number)@example.com", at: portal)) }
        let names = Set(try FileManager.default.contentsOfDirectory(atPath: folder.path))
        let snapshot = try StoreSnapshot(of: folder.path, geo: .eu)
        #expect(
            Set(try FileManager.default.contentsOfDirectory(atPath: folder.path)).subtracting(names) == ["snapshot.lock"])
        #expect(snapshot.migrations.contains("v1"))
        #expect(snapshot.outboxKey == FileManager.default.contents(atPath: folder.outboxKey))
        let bytes = try snapshot.file.readToEnd() ?? Data()
        #expect(bytes.count == snapshot.bytes)
        #expect(Hexadecimal.text(SHA256.hash(data: bytes)) == snapshot.hash)
        // What is committed afterwards is not in it.
        try await store.add(StoreFixtures.developer("late@example.com", at: portal))
        try await store.close()
        let elsewhere = StoreFolderFixture()
        try FileManager.default.createDirectory(atPath: elsewhere.path, withIntermediateDirectories: true)
        try bytes.write(to: URL(fileURLWithPath: elsewhere.store))
        try FileManager.default.copyItem(atPath: folder.outboxKey, toPath: elsewhere.outboxKey)
        let copy = try elsewhere.open()
        try await copy.integrityCheck()
        #expect(try await copy.developer(with: EmailAddress("dev50@example.com"), in: portal.id) != nil)
        #expect(try await copy.developer(with: EmailAddress("late@example.com"), in: portal.id) == nil)
        try await copy.close()
    }

    @Test("can be made of a store that nobody serves from")
    func closed() async throws {
        try await folder.open().close()
        #expect(try StoreSnapshot(of: folder.path, geo: .eu).bytes > 0)
        try await folder.open().close()
    }

    @Test("is not made of another geo's store, of a damaged one, or of none")
    func refused() async throws {
        #expect(throws: SQLiteStoreError.self) { try StoreSnapshot(of: folder.path, geo: .eu) }
        #expect(!FileManager.default.fileExists(atPath: folder.path))
        let store = try folder.open()
        try await store.create(StoreFixtures.portal())
        try await store.close()
        #expect(throws: SQLiteStoreError.otherGeo(path: folder.store, expected: "us (number 2)", found: "eu (number 1)")) {
            try StoreSnapshot(of: folder.path, geo: .us)
        }
        let database = try DatabaseQueue(path: folder.store)
        try await database.writeWithoutTransaction {
            try $0.execute(sql: "PRAGMA writable_schema = ON; DELETE FROM sqlite_master WHERE name = 'developer_by_status'")
        }
        try database.close()
        #expect(throws: StoreError.self) { try StoreSnapshot(of: folder.path, geo: .eu) }
        #expect(!FileManager.default.fileExists(atPath: "\(folder.path)/store.snapshot"))
    }

    @Test("what a process left that died over one goes with the next start of the node, or with the next copy")
    func swept() async throws {
        try await folder.open().close()
        for again in [{ try await folder.open().close() }, { _ = try StoreSnapshot(of: folder.path, geo: .eu) }] {
            try Data("plain text of developers".utf8).write(to: URL(fileURLWithPath: "\(folder.path)/store.snapshot"))
            try await again()
            #expect(!FileManager.default.fileExists(atPath: "\(folder.path)/store.snapshot"))
        }
    }

    @Test("is made by one process at a time")
    func one() async throws {
        try await folder.open().close()
        let lock = try SnapshotLock(StoreFolder(path: folder.path))
        #expect(throws: SQLiteStoreError.snapshotInProgress(path: folder.path)) { try StoreSnapshot(of: folder.path, geo: .eu) }
        lock.release()
        _ = try StoreSnapshot(of: folder.path, geo: .eu)
    }
}
