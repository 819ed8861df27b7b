import Accounts
import Foundation
import GRDB
import Geography
import Testing

@testable import SQLiteStore

@Suite("Restoring a store")
struct RestorationTests {
    let source = StoreFolderFixture()
    let target = StoreFolderFixture()

    /// A copy of a store with one developer.
    private func copy() async throws -> (store: Data, key: Data) {
        let store = try source.open()
        let portal = try StoreFixtures.portal()
        try await store.create(portal)
        try await store.add(StoreFixtures.developer("jane@example.com", at: portal), mails: [StoreFixtures.mail()])
        let snapshot = try StoreSnapshot(of: source.path, geo: .eu)
        let bytes = try snapshot.file.readToEnd() ?? Data()
        try await store.close()
        return (bytes, snapshot.outboxKey)
    }

    private func restore(_ copy: (store: Data, key: Data), as geo: Geo = .eu, replacing: Bool = false) async throws {
        try await StoreRestoration(into: target.path, geo: geo).run(isReplacing: replacing) { store in
            try store.write(contentsOf: copy.store)
            return copy.key
        }
    }

    @Test("puts everything in, for the owner alone, and tells the audit log")
    func whole() async throws {
        try await restore(copy())
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: target.path).sorted() == [
                "outbox.key", "store.lock", "store.sqlite",
            ])
        for file in [target.store, target.outboxKey] { #expect(try target.mode(of: file) == 0o600) }
        let store = try target.open()
        #expect(try await store.dueMails(at: SystemClock().now, limit: 10).count == 1)
        let entries = try await store.auditEntries(matching: AuditFilter(), after: 0, limit: 100)
        #expect(entries.last?.event.action == .storeRestored)
        _ = try await AuditLog(store: store).verify()
        try await store.close()
    }

    @Test("into a folder that is in use, or has something in it, is refused and changes nothing")
    func occupied() async throws {
        let copy = try await copy()
        let running = try target.open()
        let process = String(getpid())
        for replacing in [false, true] {
            await #expect(throws: SQLiteStoreError.folderInUse(path: target.path, holder: process)) {
                try await restore(copy, replacing: replacing)
            }
        }
        try await running.close()
        await #expect(throws: SQLiteStoreError.folderNotEmpty(path: target.path, found: ["outbox.key", "store.sqlite"])) {
            try await restore(copy)
        }
        try await restore(copy, replacing: true)
        let store = try target.open()
        #expect(try await store.dueMails(at: SystemClock().now, limit: 10).count == 1)
        try await store.close()
    }

    @Test(
        "of another geo's store, of a damaged one, of one with the wrong key, or of a newer version is refused, and the old one stays"
    )
    func refused() async throws {
        let copy = try await copy()
        let old = try target.open()
        let portal = try StoreFixtures.portal("old")
        try await old.create(portal)
        try await old.close()
        await #expect(throws: SQLiteStoreError.self) { try await restore(copy, as: .us, replacing: true) }
        var damaged = copy.store
        damaged.replaceSubrange(8192..<12288, with: Data(repeating: 0xA5, count: 4096))
        let newer = try changed(copy.store, "INSERT INTO grdb_migrations VALUES ('v999')")
        let cases = [
            (damaged, copy.key), (Data("no database".utf8), copy.key), (copy.store, Data(repeating: 7, count: 32)),
            (newer, copy.key),
        ]
        for (store, key) in cases {
            await #expect(throws: (any Error).self) { try await restore((store, key), replacing: true) }
        }
        struct Broken: Error {}
        await #expect(throws: Broken.self) {
            try await StoreRestoration(into: target.path, geo: .eu).run(isReplacing: true) { _ in throw Broken() }
        }
        #expect(!FileManager.default.fileExists(atPath: "\(target.path)/restore.new"))
        let store = try target.open()
        #expect(try await store.portal(portal.id) != nil)
        try await store.close()
    }

    @Test("that died after it counted is finished by the next start, from each place where it can have died", arguments: 0...3)
    func interrupted(place: Int) async throws {
        let copy = try await copy()
        let old = try target.open()
        try await old.create(StoreFixtures.portal("old"))
        // Left as a crash leaves it: with a log of the old store.
        let log = try Data(contentsOf: URL(fileURLWithPath: target.log))
        try await old.close()
        let ready = "\(target.path)/restore.ready"
        try FileManager.default.createDirectory(atPath: ready, withIntermediateDirectories: true)
        let (newStore, newKey) = (copy.store, copy.key)
        try log.write(to: URL(fileURLWithPath: target.log))
        if place >= 1 { try FileManager.default.removeItem(atPath: target.log) }
        try newStore.write(to: URL(fileURLWithPath: place >= 2 ? target.store : "\(ready)/store.sqlite"))
        try newKey.write(to: URL(fileURLWithPath: place >= 3 ? target.outboxKey : "\(ready)/outbox.key"))
        chmod("\(ready)/outbox.key", 0o600)
        #expect(target.refusal(use: .administration) == .restoreUnfinished(path: target.path))
        let store = try target.open()
        #expect(try await store.portal(with: PortalSlug("old")) == nil)
        #expect(try await store.portal(with: PortalSlug("acme")) != nil)
        #expect(try await store.dueMails(at: SystemClock().now, limit: 10).count == 1)
        try await store.integrityCheck()
        try await store.close()
        #expect(!FileManager.default.fileExists(atPath: ready))
    }

    private func changed(_ store: Data, _ sql: String) throws -> Data {
        let path = "\(source.path)/changed.sqlite"
        try store.write(to: URL(fileURLWithPath: path))
        let database = try DatabaseQueue(path: path)
        try database.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = DELETE; \(sql)") }
        try database.close()
        return try Data(contentsOf: URL(fileURLWithPath: path))
    }
}
