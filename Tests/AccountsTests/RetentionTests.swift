import Accounts
import AccountsTesting
import Testing

@Suite("What is past keeping goes", .timeLimit(.minutes(5)))
struct RetentionTests {
    @Test("an unverified registration goes after a week, and its address can register anew")
    func unverified() async throws {
        let office = try await Office()
        try await office.flows.registration.register(fullName: "Jane", email: "jane@example.com", at: office.portal)
        office.clock.advance(by: .seconds(7 * 24 * 3600))
        #expect(try await retention(office).purge().developers == 0)
        office.clock.advance(by: .milliseconds(1))
        #expect(try await retention(office).purge().developers == 1)
        let known = try await office.store.developer(with: EmailAddress("jane@example.com"), in: office.portal.id)
        #expect(known == nil)
        _ = try await office.verified("jane@example.com")
    }

    @Test("registering again keeps a registration alive")
    func renewed() async throws {
        let office = try await Office()
        try await office.flows.registration.register(fullName: "Jane", email: "jane@example.com", at: office.portal)
        office.clock.advance(by: .seconds(6 * 24 * 3600))
        try await office.flows.registration.register(fullName: "Jane", email: "jane@example.com", at: office.portal)
        office.clock.advance(by: .seconds(6 * 24 * 3600))
        #expect(try await retention(office).purge().developers == 0)
    }

    @Test("more than one step's worth goes in one cleaning")
    func many() async throws {
        let office = try await Office()
        for number in 0..<450 {
            try await office.flows.registration.register(
                fullName: "Jane", email: "dev\(number)@example.com", at: office.portal)
        }
        office.clock.advance(by: .seconds(8 * 24 * 3600))
        #expect(try await retention(office).purge().developers == 450)
        _ = try await office.flows.auditLog.verify()
    }

    @Test("the operator's times count, each for its own kind")
    func policy() async throws {
        let office = try await Office()
        try await office.flows.registration.register(fullName: "Jane", email: "jane@example.com", at: office.portal)
        var policy = RetentionPolicy()
        policy.unverifiedRegistrations = .seconds(60)
        office.clock.advance(by: .seconds(61))
        let counts = try await retention(office, policy).purge()
        #expect(counts.developers == 1 && counts.mails == 0)
    }

    private func retention(_ office: Office, _ policy: RetentionPolicy = RetentionPolicy()) -> Retention {
        Retention(store: office.store, clock: office.clock, policy: policy, throttle: ThrottlePolicy())
    }
}
