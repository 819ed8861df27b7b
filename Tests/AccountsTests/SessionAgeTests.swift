import Accounts
import AccountsTesting
import Testing

@Suite("The age of a session")
struct SessionAgeTests {
    @Test("a session that is renewed every day ends after 30 days all the same")
    func absolute() async throws {
        let office = try await Office(autoApprove: true)
        try await office.member("jane@example.com")
        var tokens = try await office.logIn("jane@example.com")
        for _ in 0..<30 {
            office.clock.advance(by: .seconds(24 * 3600))
            tokens = try await office.flows.sessions.refresh(showing: tokens.refresh.value, at: office.portal)
        }
        office.clock.advance(by: .milliseconds(1))
        await #expect(throws: AccountError.notAuthenticated) {
            try await office.flows.sessions.refresh(showing: tokens.refresh.value, at: office.portal)
        }
    }
}
