import Accounts
import AccountsTesting
import Testing

@Suite("Nobody's mailbox is flooded", .timeLimit(.minutes(5)))
struct LinksPerHourTests {
    private static let jane = "jane@example.com"

    @Test("registering again and again mails five links an hour, the last of which stays good")
    func registration() async throws {
        let office = try await Office()
        for _ in 0..<8 {
            try await office.flows.registration.register(fullName: "Jane Doe", email: Self.jane, at: office.portal)
        }
        #expect(try await office.mails(to: Self.jane).count == 5)
        let last = try await office.mailedToken(to: Self.jane)
        office.clock.advance(by: .seconds(3600))
        _ = try await office.flows.verification.verify(token: last, at: office.portal)
    }

    @Test("an hour later the next link goes out")
    func later() async throws {
        let office = try await Office()
        for _ in 0..<6 {
            try await office.flows.registration.register(fullName: "Jane Doe", email: Self.jane, at: office.portal)
        }
        office.clock.advance(by: .seconds(3600))
        try await office.flows.registration.register(fullName: "Jane Doe", email: Self.jane, at: office.portal)
        #expect(try await office.mails(to: Self.jane).count == 6)
    }

    @Test("links that were mailed while the clock was ahead do not count when it is set back")
    func clockSetBack() async throws {
        let office = try await Office()
        office.clock.advance(by: .seconds(86_400))
        for _ in 0..<5 {
            try await office.flows.registration.register(fullName: "Jane Doe", email: Self.jane, at: office.portal)
        }
        office.clock.advance(by: .seconds(-86_400))
        try await office.flows.registration.register(fullName: "Jane Doe", email: Self.jane, at: office.portal)
        #expect(try await office.mails(to: Self.jane).count == 6)
    }

    @Test("forgotten passwords mail five links an hour, the last of which stays good")
    func recovery() async throws {
        let office = try await Office(autoApprove: true)
        try await office.member(Self.jane)
        office.clock.advance(by: .seconds(3600))
        let before = try await office.mails(to: Self.jane).count
        for _ in 0..<8 { try await office.flows.recovery.forgotPassword(email: Self.jane, at: office.portal) }
        #expect(try await office.mails(to: Self.jane).count == before + 5)
        try await office.flows.passwords.setPassword(
            "another good one", token: office.mailedToken(to: Self.jane), at: office.portal)
    }
}
