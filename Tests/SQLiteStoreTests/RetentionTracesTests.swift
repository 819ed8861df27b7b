import Accounts
import Foundation
import GRDB
import Testing

@testable import SQLiteStore

@Suite("What was removed is gone from the store's files", .timeLimit(.minutes(5)))
struct RetentionTracesTests {
    private static let address = "Zyxwvut.Canary@Qponmlk.Example"
    private static let name = "Wilhelmina Canarybird"
    private let folder = StoreFolderFixture()

    @Test("an unverified registration leaves nothing but ids in the audit log")
    func unverified() async throws {
        let office = try StoreOffice(store: folder.open())
        let portal = try await office.portal()
        try await office.flows.registration.register(fullName: Self.name, email: Self.address, at: portal)
        let token = try await office.mailedToken()
        #expect(folder.contains(Self.name))
        try await retention(office.store, .seconds(8 * 24 * 3600)).purge()
        #expect(try await office.store.developers(in: portal.id, matching: .init(), page: .init()).total == 0)
        #expect(try await office.store.partsOfTextIndex() == 0)
        try await office.store.close()
        for text in [Self.name, Self.address, Self.name.lowercased(), Self.address.lowercased(), "canary", token] {
            #expect(!folder.contains(text), "found \(text)")
        }
    }

    @Test("a deleted developer's words leave the index of texts with the next cleaning, and others' stay")
    func textIndex() async throws {
        let office = try StoreOffice(store: folder.open())
        let portal = try await office.portal()
        for number in 0..<50 {
            try await office.store.add(try StoreFixtures.developer("dev\(number)@example.com", at: portal))
        }
        try await office.store.add(try StoreFixtures.developer("gone@qponmlk.example", at: portal, name: "Gone"))
        #expect(try await office.store.textIndexHolds("qpo"))
        try await office.delete("gone@qponmlk.example", at: portal)
        // At a time at which nothing is past keeping.
        try await retention(office.store, .seconds(-365 * 24 * 3600)).purge()
        #expect(try await !office.store.textIndexHolds("qpo"))
        let others = DeveloperFilter(email: .contains(["dev4"]))
        #expect(try await office.store.developers(in: portal.id, matching: others, page: .init()).total == 11)
        try await office.store.close()
    }

    @Test("used and expired tokens, old sessions and what is noted of mails go, and the account stays")
    func belongings() async throws {
        let office = try StoreOffice(store: folder.open())
        let portal = try await office.portal()
        _ = try await office.signUp(Self.name, Self.address, "a canary's own password", at: portal)
        _ = try await office.flows.logIn.authenticate(
            username: Self.address, password: "a canary's own password",
            from: Client(address: "192.0.2.99", agent: "Canary/7 (special build)"), at: portal)
        try await office.deliverAll()
        #expect(folder.contains("special build"))
        let counts = try await retention(office.store, .seconds(60 * 24 * 3600)).purge()
        #expect(counts.oneTimeTokens == 2 && counts.sessions == 1 && counts.mails == 2 && counts.developers == 0)
        try await office.store.close()
        #expect(!folder.contains("special build") && !folder.contains("192.0.2.99"))
        #expect(folder.contains(Self.name))
    }

    @Test("cleaning goes on beside registrations")
    func besideWriters() async throws {
        let office = try StoreOffice(store: folder.open())
        let portal = try await office.portal()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<200 {
                group.addTask {
                    try await office.flows.registration.register(
                        fullName: "Jane", email: "dev\(number)@example.com", at: portal)
                }
                if number.isMultiple(of: 20) {
                    group.addTask { try await retention(office.store, .zero).purge() }
                }
            }
            try await group.waitForAll()
        }
        #expect(try await office.store.developers(in: portal.id, matching: .init(), page: .init()).total == 200)
        _ = try await office.flows.auditLog.verify()
        try await office.store.integrityCheck()
        try await office.store.close()
    }

    /// A cleaning as it would be so much later.
    private func retention(_ store: SQLiteStore, _ later: Duration) -> Retention {
        Retention(store: store, clock: LaterClock(later: later), policy: RetentionPolicy(), throttle: ThrottlePolicy())
    }
}

@Suite("The audit log in its file", .timeLimit(.minutes(5)))
struct AuditFileTests {
    private let folder = StoreFolderFixture()

    @Test("no statement changes or deletes an entry")
    func appendOnly() async throws {
        let office = try StoreOffice(store: folder.open())
        _ = try await office.portal()
        for sql in ["DELETE FROM audit", "UPDATE audit SET at = 0", "REPLACE INTO audit SELECT * FROM audit"] {
            await #expect(throws: (any Error).self) { try await office.store.execute(sql) }
        }
        #expect(try await office.store.auditHead().sequence == 1)
        try await office.store.close()
    }

    @Test(
        "what somebody did to the file behind the node's back is found",
        arguments: [
            "DELETE FROM audit WHERE sequence = 3", "DELETE FROM audit WHERE sequence = (SELECT max(sequence) FROM audit)",
            "UPDATE audit SET at = at + 1 WHERE sequence = 2", "UPDATE audit SET actor_kind = 'node' WHERE sequence = 4",
            "UPDATE audit SET sequence = -sequence WHERE sequence IN (2, 3); "
                + "UPDATE audit SET sequence = 5 + sequence WHERE sequence < 0",
            "DELETE FROM audit",
        ])
    func tampered(sql: String) async throws {
        let office = try StoreOffice(store: folder.open())
        let portal = try await office.portal()
        for number in 0..<4 {
            try await office.flows.registration.register(fullName: "Jane", email: "dev\(number)@example.com", at: portal)
        }
        _ = try await office.flows.auditLog.verify()
        try await office.store.execute(
            "DROP TRIGGER audit_is_not_changed; DROP TRIGGER audit_is_not_deleted; \(sql)")
        await #expect(throws: AuditVerification.Fault.self) { try await office.flows.auditLog.verify() }
        try await office.store.close()
    }
}

private struct LaterClock: WallClock {
    let later: Duration

    var now: Timestamp { SystemClock().now.adding(later) }
}

extension SQLiteStore {
    fileprivate func execute(_ sql: String) async throws {
        try await commits.perform { database, _ in try database.execute(sql: sql) }
    }

    /// How many pages the index of texts has, its own two aside.
    fileprivate func partsOfTextIndex() async throws -> Int {
        try await read { try Int.fetchOne($0, sql: "SELECT count(*) FROM developer_text_data WHERE id > 10") ?? -1 }
    }

    /// Whether three characters stand in the index's pages as they are on disk.
    fileprivate func textIndexHolds(_ characters: String) async throws -> Bool {
        try await read { database in
            try Data.fetchAll(database, sql: "SELECT block FROM developer_text_data").contains {
                $0.range(of: Data(characters.utf8)) != nil
            }
        }
    }
}
