import Accounts
import AccountsTesting
import Testing

@Suite("The audit log", .timeLimit(.minutes(5)))
struct AuditTests {
    private static let jane = "jane@example.com"

    @Test("tells who did what to which developer, from registration to deletion")
    func wholeLife() async throws {
        let office = try await Office()
        let admin = try await office.admin()
        try await office.member(Self.jane)
        let developer = try #require(await office.store.developer(with: EmailAddress(Self.jane), in: office.portal.id))
        _ = try await office.flows.approval.approve(developer.id, at: office.portal, by: admin)
        let tokens = try await office.logIn(Self.jane)
        await #expect(throws: AccountError.invalidCredentials) { try await office.logIn(Self.jane, "wrong password") }
        try await office.flows.sessions.logOut(showing: [tokens.access.value], at: office.portal)
        try await office.flows.registration.register(fullName: "Jane", email: Self.jane, at: office.portal)
        try await office.flows.recovery.forgotPassword(email: Self.jane, at: office.portal)
        _ = try await office.flows.approval.revoke(developer.id, at: office.portal, by: admin)
        try await office.flows.approval.delete(developer.id, at: office.portal, by: admin)

        var filter = AuditFilter()
        filter.developer = developer.id
        let events = await office.store.auditEntries(matching: filter, after: 0, limit: 100).map(\.event)
        let own = AuditActor.developer(developer.id)
        let expected: [(AuditEvent.Action, AuditActor)] = [
            (.developerRegistered, .anonymous), (.emailVerified, own), (.passwordSet, own), (.developerApproved, admin),
            (.loggedIn, own), (.logInRefused, .anonymous), (.loggedOut, own), (.developerRegisteredAgain, .anonymous),
            (.passwordResetAsked, .anonymous), (.developerRevoked, admin), (.developerDeleted, admin),
        ]
        #expect(events.map(\.action) == expected.map(\.0))
        #expect(events.map(\.actor) == expected.map(\.1))
        #expect(events.first { $0.action == .developerApproved }?.from == .pending)
        #expect(events.first { $0.action == .developerApproved }?.to == .approved)
        #expect(events.first { $0.action == .developerRevoked }?.from == .approved)
        #expect(events.first { $0.action == .developerRevoked }?.to == .revoked)
        _ = try await office.flows.auditLog.verify()
    }

    @Test("tells that the portal itself approved, where it does")
    func autoApproved() async throws {
        let office = try await Office(autoApprove: true)
        try await office.member(Self.jane)
        let event = await office.store.auditEntries(matching: AuditFilter(), after: 0, limit: 100).map(\.event)
            .first { $0.action == .developerApproved }
        #expect(event?.actor == .node && event?.from == .pending && event?.to == .approved)
    }

    @Test("a step that is refused leaves no trace of having been done")
    func refused() async throws {
        let office = try await Office()
        let developer = try await office.member(Self.jane)
        let before = await office.store.auditHead()
        await #expect(throws: AccountError.self) {
            try await office.flows.approval.revoke(developer.id, at: office.portal, by: .operator)
        }
        #expect(await office.store.auditHead() == before)
    }

    @Test("an entry that was removed, altered, moved or cut off is found")
    func faults() throws {
        let whole = Self.chain(20)
        let head = try #require(whole.last?.head)
        #expect(throws: AuditVerification.Fault.gap(after: 7, found: 9)) {
            try Self.verify(whole.filter { $0.sequence != 8 }, head)
        }
        #expect(throws: AuditVerification.Fault.gap(after: 0, found: 2)) { try Self.verify(Array(whole.dropFirst()), head) }
        #expect(throws: AuditVerification.Fault.cutOff(after: 18, expected: 20)) { try Self.verify(whole.dropLast(2), head) }
        var swapped = whole
        swapped.swapAt(3, 4)
        #expect(throws: AuditVerification.Fault.gap(after: 3, found: 5)) { try Self.verify(swapped, head) }
        for alter in Self.alterations {
            var altered = whole
            altered[9] = alter(altered[9])
            #expect(throws: AuditVerification.Fault.altered(sequence: 10)) { try Self.verify(altered, head) }
        }
        try Self.verify(whole, head)
        try Self.verify([], .empty)
    }

    @Test("two entries that changed places with their numbers are found")
    func renumbered() throws {
        let whole = Self.chain(6)
        var moved = whole
        for (place, other) in [(2, 3), (3, 2)] {
            let entry = whole[other]
            moved[place] = AuditEntry(
                stored: entry.event, sequence: Int64(place + 1), at: entry.at, previousHash: whole[place].previousHash,
                hash: entry.hash)
        }
        #expect(throws: AuditVerification.Fault.altered(sequence: 3)) { try Self.verify(moved, try #require(whole.last?.head)) }
    }

    @Test("a log that was written anew as a whole is found by a head that was noted before")
    func rewritten() throws {
        let (first, second) = (Self.chain(10), Self.chain(10, start: 5))
        let noted = first[4].head
        #expect(throws: AuditVerification.Fault.replaced(sequence: 5)) {
            try Self.verify(second, try #require(second.last?.head), noted: noted)
        }
        #expect(throws: AuditVerification.Fault.cutOff(after: 3, expected: 5)) {
            try Self.verify(first.prefix(3), first[2].head, noted: noted)
        }
        try Self.verify(first, try #require(first.last?.head), noted: noted)
    }

    @Test("an entry's hash is what its description says, so that others can check it")
    func form() {
        let entry = AuditEntry(
            AuditEvent(.auditExported, by: .operator), at: Timestamp(milliseconds: 1_700_000_000_000), after: .empty)
        // printf 'portolan-audit-1\n%064d\n1\n1700000000000\noperator\n\naudit_log.exported\n\n\n\n\n\n' 0 | sha256sum
        #expect(entry.head.hexHash == "6b6df56549a6715f714bd9e6e9e4beb97300817c8f1c3358f19e418bbf5acc9a")
    }

    private static let alterations: [@Sendable (AuditEntry) -> AuditEntry] = [
        {
            AuditEntry(
                stored: $0.event, sequence: $0.sequence, at: $0.at.adding(.milliseconds(1)), previousHash: $0.previousHash,
                hash: $0.hash)
        },
        {
            AuditEntry(
                stored: AuditEvent(.developerRejected, by: $0.event.actor), sequence: $0.sequence, at: $0.at,
                previousHash: $0.previousHash, hash: $0.hash)
        },
        {
            AuditEntry(
                stored: AuditEvent($0.event.action, by: .operator), sequence: $0.sequence, at: $0.at,
                previousHash: $0.previousHash, hash: $0.hash)
        },
        {
            AuditEntry(
                stored: $0.event, sequence: $0.sequence, at: $0.at, previousHash: $0.previousHash, hash: $0.hash.reversed())
        },
    ]

    private static func chain(_ count: Int, start: Int64 = 0) -> [AuditEntry] {
        var head = AuditHead.empty
        return (0..<count).map { number in
            let entry = AuditEntry(
                AuditEvent(.loggedIn, by: .anonymous, subject: "\(number)"),
                at: Timestamp(milliseconds: start + Int64(number)), after: head)
            head = entry.head
            return entry
        }
    }

    private static func verify(_ entries: some Sequence<AuditEntry>, _ head: AuditHead, noted: AuditHead? = nil) throws {
        var verification = AuditVerification(noted: noted)
        for entry in entries { try verification.take(entry) }
        try verification.finish(written: head)
    }
}
