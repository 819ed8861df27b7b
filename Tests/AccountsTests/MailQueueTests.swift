import AccountsTesting
import Geography
import Testing

@testable import Accounts

@Suite("The administration of the outbox")
struct MailQueueTests {
    private static func admin(_ role: AdminRole, of office: Office) async throws -> Admin {
        try await office.flows.admins.create(email: "\(role)@example.com", role: role, by: .operator)
    }

    /// One mail to a developer and one to each admin who decides, all dead letters.
    private static func deadLetters(in office: Office) async throws -> (developer: MailID, admin: MailID) {
        try await office.flows.registration.register(fullName: "Jane", email: "jane@example.com", at: office.portal)
        let admin = try await Self.admin(.owner, of: office)
        _ = try await office.flows.mailTemplates.sendTest(
            .resetPassword, with: MailText(subject: "S", title: "T", body: "B"), in: .english, at: office.portal, to: admin)
        let ids = await office.store.mails.map(\.id)
        for id in ids { await office.store.mailFailed(id, at: office.clock.now, problem: "RCPT was answered with 550") }
        return (ids[0], ids[1])
    }

    @Test("a kind's word names the kind, and every kind has one of its own")
    func kinds() {
        #expect(MailKind.allCases.allSatisfy { MailKind(rawValue: $0.rawValue) == $0 })
        #expect(Set(MailKind.allCases.map(\.rawValue)).count == MailTemplateName.allCases.count + 3)
        #expect(MailKind(rawValue: "something") == nil)
    }

    @Test(
        "whose address an admin's mail has is shown to those who manage admins, and to nobody else", arguments: AdminRole.allCases
    )
    func hidden(role: AdminRole) async throws {
        let office = try await Office()
        let mails = try await Self.deadLetters(in: office)
        let queue = office.flows.mailQueue
        let listed = try await queue.mails(matching: MailFilter(), page: PageRequest(), for: role).elements
        #expect(listed.map(\.id) == [mails.admin, mails.developer])
        #expect(listed.map(\.recipient?.value) == [role == .owner ? "owner@example.com" : nil, "jane@example.com"])
        #expect(try await queue.mail(mails.admin, for: role).recipient?.value == (role == .owner ? "owner@example.com" : nil))
    }

    @Test("an approver has every mail tried again and takes away developers' mails; a viewer neither")
    func permissions() async throws {
        let office = try await Office()
        let mails = try await Self.deadLetters(in: office)
        let queue = office.flows.mailQueue
        let (approver, viewer) = (try await Self.admin(.approver, of: office), try await Self.admin(.viewer, of: office))
        for work in [
            { _ = try await queue.retry(mails.developer, by: viewer) }, { try await queue.discard(mails.developer, by: viewer) },
            { _ = try await queue.retryDeadLetters(by: viewer) }, { try await queue.discard(mails.admin, by: approver) },
        ] {
            await #expect {
                try await work()
            } throws: { error in
                if case AccountError.forbidden = error { true } else { false }
            }
        }
        #expect(await !office.store.auditActions.contains { [.mailRetried, .mailDiscarded].contains($0) })
        let retried = try await queue.retry(mails.admin, by: approver)
        #expect(retried.stage == .waiting && retried.recipient == nil)
        try await queue.discard(mails.developer, by: approver)
        #expect(await office.store.auditActions.suffix(2) == [.mailRetried, .mailDiscarded])
    }

    @Test("a mail that is tried again twice is tried once, and the log tells of it once")
    func twice() async throws {
        let office = try await Office()
        let mails = try await Self.deadLetters(in: office)
        let owner = try await office.flows.admins.admins()[0]
        for _ in 0..<2 {
            let mail = try await office.flows.mailQueue.retry(mails.developer, by: owner)
            #expect(mail.stage == .waiting && mail.attempts == 0 && mail.nextAttemptAt == office.clock.now)
        }
        #expect(await office.store.auditActions.filter { $0 == .mailRetried }.count == 1)
        #expect(await office.store.dueMails(at: office.clock.now, limit: 10).map(\.id) == [mails.developer])
    }

    @Test("all dead letters are tried again, also more than fit into one step, and mails that wait stay as they are")
    func all() async throws {
        let office = try await Office()
        _ = try await Self.deadLetters(in: office)
        let owner = try await office.flows.admins.admins()[0]
        let mint = try Office.mint(office.clock)
        let sample = try #require(await office.store.mails.first)
        let many = (0..<MailQueue.batch).map { _ in
            OutboxMail(id: mint.id(), recipient: sample.recipient, message: sample.message, createdAt: office.clock.now)
        }
        for mail in many {
            await office.store.promise(mail, recording: AuditEvent(.mailTemplateTested, by: .operator), throttles: [])
            await office.store.mailFailed(mail.id, at: office.clock.now, problem: "given up")
        }
        let waiting = OutboxMail(id: mint.id(), recipient: sample.recipient, message: sample.message, createdAt: office.clock.now)
        await office.store.promise(waiting, recording: AuditEvent(.mailTemplateTested, by: .operator), throttles: [])
        #expect(try await office.flows.mailQueue.retryDeadLetters(by: owner) == MailQueue.batch + 2)
        let counts = try await office.flows.mailQueue.counts()
        #expect(counts.waiting == MailQueue.batch + 3 && counts.deadLetters == 0)
        #expect(await office.store.auditActions.filter { $0 == .mailRetried }.count == MailQueue.batch + 2)
        #expect(try await office.flows.mailQueue.retryDeadLetters(by: owner) == 0)
    }

    @Test("what is not there is not found")
    func absent() async throws {
        let office = try await Office()
        let mails = try await Self.deadLetters(in: office)
        let owner = try await office.flows.admins.admins()[0]
        let queue = office.flows.mailQueue
        try await queue.discard(mails.developer, by: owner)
        await #expect(throws: AccountError.notFound("mail")) { try await queue.mail(mails.developer, for: .owner) }
        await #expect(throws: AccountError.notFound("mail")) { try await queue.retry(mails.developer, by: owner) }
        await #expect(throws: AccountError.notFound("mail")) { try await queue.discard(mails.developer, by: owner) }
    }

    @Test("a mail that is being sent is not taken away; afterwards it can be")
    func underWay() async throws {
        let office = try await Office()
        let mails = try await Self.deadLetters(in: office)
        let owner = try await office.flows.admins.admins()[0]
        let underWay = MailsUnderWay()
        let queue = MailQueue(store: office.store, clock: office.clock, underWay: underWay)
        await underWay.begin(mails.developer)
        await #expect {
            try await queue.discard(mails.developer, by: owner)
        } throws: { error in
            if case AccountError.conflict = error { true } else { false }
        }
        #expect(await !office.store.auditActions.contains(.mailDiscarded))
        underWay.end(mails.developer)
        try await queue.discard(mails.developer, by: owner)
        #expect(await office.store.queuedMail(mails.developer) == nil)
    }

    @Test("an attempt waits for the end of a withdrawal, and holds off the next")
    func attemptWaits() async throws {
        let underWay = MailsUnderWay()
        let mail = MailID(try #require(GeoUUID("0193c0de-0000-8001-8000-00000000abcd")))
        let (entered, enters) = AsyncStream.makeStream(of: Void.self)
        let (order, notes) = AsyncStream.makeStream(of: String.self)
        let withdrawal = Task {
            try await underWay.withdraw(mail) {
                enters.yield()
                // Whoever wants to take it away a second time, or to send it, comes too soon.
                await #expect(throws: AccountError.self) { try await underWay.withdraw(mail) {} }
                let attempt = Task {
                    await underWay.begin(mail)
                    notes.yield("attempt")
                }
                await Task.yield()
                notes.yield("withdrawn")
                return attempt
            }
        }
        for await _ in entered { break }
        await (try withdrawal.value).value
        notes.finish()
        #expect(await order.reduce(into: []) { $0.append($1) } == ["withdrawn", "attempt"])
        await #expect(throws: AccountError.self) { try await underWay.withdraw(mail) {} }
        underWay.end(mail)
        try await underWay.withdraw(mail) {}
    }
}
