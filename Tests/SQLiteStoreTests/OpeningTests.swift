import Accounts
import Foundation
import GRDB
import Geography
import SQLiteStore
import StoreConformance
import Testing

@Suite("Opening a geo's store")
struct OpeningTests {
    let folder = StoreFolderFixture()

    @Test("a new folder and its files are the owner's alone")
    func modes() async throws {
        let store = try folder.open()
        try await store.create(StoreFixtures.portal())
        #expect(try folder.mode(of: folder.path) == 0o700)
        for file in ["store.sqlite", "store.sqlite-wal", "store.sqlite-shm", "store.lock", "outbox.key"] {
            #expect(try folder.mode(of: "\(folder.path)/\(file)") == 0o600, "\(file)")
        }
        try await store.close()
    }

    @Test("a store that a newer version has changed is refused")
    func newer() async throws {
        try await folder.open().close()
        try execute("INSERT INTO grdb_migrations VALUES ('v999')")
        #expect(folder.refusal() == .newerSchema(path: folder.store, unknown: ["v999"]))
    }

    @Test("a file that is no database is refused and left as it is")
    func noDatabase() throws {
        try makeFolder()
        let text = Data(String(repeating: "this is no database\n", count: 500).utf8)
        try text.write(to: URL(fileURLWithPath: folder.store))
        #expect(folder.refusal() == .notAStore(path: folder.store, reason: "a file that is no SQLite database"))
        #expect(try Data(contentsOf: URL(fileURLWithPath: folder.store)) == text)
    }

    @Test("another program's database is refused and left as it is")
    func otherProgram() throws {
        try makeFolder()
        try execute("CREATE TABLE note (text TEXT); INSERT INTO note VALUES ('mine')")
        let before = try Data(contentsOf: URL(fileURLWithPath: folder.store))
        #expect(folder.refusal() == .notAStore(path: folder.store, reason: "a database of another program"))
        #expect(try Data(contentsOf: URL(fileURLWithPath: folder.store)) == before)
    }

    @Test("a damaged store says that it is damaged, on opening or on reading")
    func damaged() async throws {
        let store = try folder.open()
        let portal = try StoreFixtures.portal()
        try await store.create(portal)
        try await store.close()
        let handle = try FileHandle(forUpdating: URL(fileURLWithPath: folder.store))
        let length = try handle.seekToEnd()
        for offset in stride(from: UInt64(4096), to: length, by: 4096) {
            try handle.seek(toOffset: offset)
            try handle.write(contentsOf: Data(repeating: 0xA5, count: 4096))
        }
        try handle.close()
        guard case .damaged(let path, _) = folder.refusal() else {
            Issue.record("expected the store to be called damaged, found \(String(describing: folder.refusal()))")
            return
        }
        #expect(path == folder.store)
    }

    @Test("one damaged page is found by the integrity check")
    func integrity() async throws {
        let store = try folder.open()
        try await store.create(StoreFixtures.portal())
        try await store.integrityCheck()
        try await store.close()
        try execute("PRAGMA writable_schema = ON; DELETE FROM sqlite_master WHERE name = 'developer_by_status'")
        let reopened = try folder.open()
        await #expect(throws: StoreError.self) { try await reopened.integrityCheck() }
        try await reopened.close()
    }

    @Test("a folder that cannot be made says where and why")
    func unusable() throws {
        try makeFolder()
        let file = "\(folder.path)/file"
        try Data("x".utf8).write(to: URL(fileURLWithPath: file))
        do {
            _ = try SQLiteStore.open(at: "\(file)/eu", geo: .eu, logger: StoreFixtures.logger)
            Issue.record("expected a refusal")
        } catch SQLiteStoreError.folderUnusable(let path, let reason) {
            #expect(path == "\(file)/eu" && reason == "Not a directory")
        }
    }

    @Test("what a refusal says names the path, what was expected and what to do")
    func messages() {
        let all: [(SQLiteStoreError, [String])] = [
            (.folderUnusable(path: "/d", reason: "Permission denied"), ["/d", "Permission denied", "change its owner"]),
            (.folderInUse(path: "/d", holder: "7"), ["/d", "process 7", "stop that node"]),
            (.notAStore(path: "/d/s", reason: "a file"), ["/d/s", "a file", "restore a backup"]),
            (.damaged(path: "/d/s", reason: "code 11"), ["/d/s", "code 11", "restore a backup"]),
            (.otherGeo(path: "/d/s", expected: "eu", found: "us"), ["/d/s", "eu", "us", "`geo` or `data`"]),
            (.newerSchema(path: "/d/s", unknown: ["v2"]), ["/d/s", "v2", "run that version"]),
            (.otherOwner(path: "/d", owner: "portolan-eu"), ["/d", "run this as portolan-eu"]),
            (.snapshotInProgress(path: "/d"), ["/d", "wait for its end"]),
            (.folderNotEmpty(path: "/d", found: ["a", "b", "c", "e"]), ["/d", "a, b, c and more", "--replace"]),
            (.restoreUnfinished(path: "/d"), ["/d", "start the node"]),
            (.outboxKeyMissing(path: "/d/k", sealed: 3), ["/d/k", "3", "restore it"]),
            (.outboxKeyWrong(path: "/d/k", sealed: 3), ["/d/k", "3", "restore the right one"]),
            (.outboxKeyUnusable(path: "/d/k", reason: "mode 0644"), ["/d/k", "mode 0644", "chmod 600"]),
        ]
        for (error, words) in all {
            for word in words + ["expected"] { #expect(error.description.contains(word), "\(word) in \(error)") }
        }
    }

    private func makeFolder() throws {
        try FileManager.default.createDirectory(atPath: folder.path, withIntermediateDirectories: true)
    }

    /// Does something to the closed store behind its back.
    private func execute(_ sql: String) throws {
        let database = try DatabaseQueue(path: folder.store)
        try database.writeWithoutTransaction { try $0.execute(sql: sql) }
        try database.close()
    }
}
