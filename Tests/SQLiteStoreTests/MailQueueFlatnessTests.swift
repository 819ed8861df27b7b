import Accounts
import Foundation
import GRDB
import Testing

@testable import SQLiteStore

@Suite("A queue of many mails")
struct MailQueueFlatnessTests {
    let folder = StoreFolderFixture()

    @Test("a page of the queue is read from an index that has its order, whatever is asked for")
    func plans() async throws {
        let store = try folder.open()
        let plans = try await store.read { database in
            try [
                "outbox_by_stage": "stage = 'waiting'",
                "outbox_by_group": "portal = x'01' AND kind = 'test' AND stage = 'waiting'",
            ].flatMap { index, condition in
                try Row.fetchAll(
                    database,
                    sql: """
                        EXPLAIN QUERY PLAN SELECT sequence FROM outbox INDEXED BY \(index)
                        WHERE state <> 'delivered' AND \(condition) ORDER BY sequence DESC LIMIT 25
                        """
                ).map { row -> String in try row.value("detail") }
            }
        }
        #expect(plans.count == 2)
        #expect(plans.allSatisfy { !$0.contains("TEMP B-TREE") && !$0.hasPrefix("SCAN") }, "\(plans)")
        try await store.close()
    }

    @Test("the counts are what is in the queue, whatever became of the mails")
    func counts() async throws {
        let store = try folder.open()
        let portal = try StoreFixtures.portal()
        try await store.create(portal, recording: AuditEvent(.portalCreated, by: .operator, portal: portal.id))
        let mint = Mint(geo: .eu, clock: SystemClock())
        let now = SystemClock().now
        let message = AccountMessage(
            portal: portal.id, portalName: "Acme", portalLink: "https://acme.example",
            content: .approved(name: "Jane", logInLink: "https://acme.example"))
        let mails = try (0..<40).map { _ in
            OutboxMail(id: mint.id(), recipient: try EmailAddress("jane@example.com"), message: message, createdAt: now)
        }
        for mail in mails {
            try await store.promise(mail, recording: AuditEvent(.mailTemplateTested, by: .operator), throttles: [])
        }
        for (number, mail) in mails.enumerated() {
            switch number % 5 {
            case 0: try await store.mailDelivered(mail.id, at: now)
            case 1: try await store.mailDelayed(mail.id, until: now, problem: "421")
            case 2: try await store.mailFailed(mail.id, at: now, problem: "550")
            case 3:
                try await store.mailFailed(mail.id, at: now, problem: "550")
                _ = try await store.step(onMail: mail.id) { _ in MailDecision((), .retry(at: now)) }
            default: _ = try await store.step(onMail: mail.id) { _ in MailDecision((), .discard) }
            }
        }
        let counted = try await store.read { database in
            try Row.fetchAll(database, sql: "SELECT stage, mails FROM outbox_count WHERE mails <> 0 ORDER BY stage")
                .map { row -> String in "\(row["stage"] as String? ?? "") \(row["mails"] as Int? ?? 0)" }
        }
        #expect(counted == ["dead_letter 8", "failing 8", "waiting 8"])
        let real = try await store.queuedMailCounts(matching: MailFilter(portal: portal.id))
        #expect(real.all == 24)
        try await store.integrityCheck()
        try await store.close()
    }
}
