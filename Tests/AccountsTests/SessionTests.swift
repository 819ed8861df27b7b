import Accounts
import Foundation
import Geography
import Testing

@Suite("Logging in, and sessions")
struct SessionTests {
    @Test("unknown, wrong, unverified, pending, rejected and revoked get one answer")
    func oneAnswer() async throws {
        let office = try await Office()
        try await office.flows.registration.register(fullName: "Una", email: "unverified@example.com", at: office.portal)
        try await office.member("pending@example.com")
        let rejected = try await office.member("rejected@example.com")
        _ = try await office.flows.approval.reject(rejected.id, at: office.portal, by: .operator)
        let revoked = try await office.member("revoked@example.com")
        _ = try await office.flows.approval.approve(revoked.id, at: office.portal, by: .operator)
        _ = try await office.flows.approval.revoke(revoked.id, at: office.portal, by: .operator)
        let approved = try await office.member("approved@example.com")
        _ = try await office.flows.approval.approve(approved.id, at: office.portal, by: .operator)
        for address in [
            "nobody", "nobody@example.com", "unverified@example.com", "pending@example.com", "rejected@example.com",
            "revoked@example.com",
        ] {
            await #expect(throws: AccountError.invalidCredentials) { try await office.logIn(address) }
        }
        await #expect(throws: AccountError.invalidCredentials) {
            try await office.logIn("approved@example.com", "wrong password")
        }
        _ = try await office.logIn("Approved@EXAMPLE.com")
    }

    @Test("a refresh token works once; used again it ends the whole session")
    func reuse() async throws {
        let office = try await Office(autoApprove: true)
        try await office.member("jane@example.com")
        let first = try await office.logIn("jane@example.com")
        let second = try await office.flows.sessions.refresh(showing: first.refresh.value, at: office.portal)
        _ = try await office.flows.sessions.developer(showing: second.access.value, at: office.portal)
        await #expect(throws: AccountError.notAuthenticated) {
            try await office.flows.sessions.refresh(showing: first.refresh.value, at: office.portal)
        }
        await #expect(throws: AccountError.notAuthenticated) {
            try await office.flows.sessions.developer(showing: second.access.value, at: office.portal)
        }
        await #expect(throws: AccountError.notAuthenticated) {
            try await office.flows.sessions.refresh(showing: second.refresh.value, at: office.portal)
        }
    }

    @Test("an access token ends after its minutes")
    func expiry() async throws {
        let office = try await Office(autoApprove: true)
        try await office.member("jane@example.com")
        let session = try await office.logIn("jane@example.com")
        office.clock.advance(by: .seconds(15 * 60))
        await #expect(throws: AccountError.notAuthenticated) {
            try await office.flows.sessions.developer(showing: session.access.value, at: office.portal)
        }
        _ = try await office.flows.sessions.refresh(showing: session.refresh.value, at: office.portal)
    }

    @Test("logging out ends every session of the developer")
    func logOut() async throws {
        let office = try await Office(autoApprove: true)
        try await office.member("jane@example.com")
        let here = try await office.logIn("jane@example.com")
        let elsewhere = try await office.logIn("jane@example.com")
        try await office.flows.sessions.logOut(showing: [here.access.value], at: office.portal)
        for session in [here, elsewhere] {
            await #expect(throws: AccountError.notAuthenticated) {
                try await office.flows.sessions.developer(showing: session.access.value, at: office.portal)
            }
        }
    }

    @Test("revoking ends every session at once")
    func revoked() async throws {
        let office = try await Office(autoApprove: true)
        let developer = try await office.member("jane@example.com")
        let session = try await office.logIn("jane@example.com")
        _ = try await office.flows.approval.revoke(developer.id, at: office.portal, by: .operator)
        await #expect(throws: AccountError.notAuthenticated) {
            try await office.flows.sessions.developer(showing: session.access.value, at: office.portal)
        }
    }

    @Test("credentials of another kind or geo open nothing")
    func foreign() async throws {
        let office = try await Office(autoApprove: true)
        try await office.member("jane@example.com")
        let session = try await office.logIn("jane@example.com")
        let admin = try await office.flows.admins.createToken(for: "admin@example.com", named: "test")
        let foreign = session.access.value.replacingOccurrences(of: "ptla_eu_", with: "ptla_us_")
        for token in [session.refresh.value, admin.value, foreign, "", "x"] {
            await #expect(throws: AccountError.notAuthenticated) {
                try await office.flows.sessions.developer(showing: token, at: office.portal)
            }
        }
        await #expect(throws: AccountError.notAuthenticated) {
            try await office.flows.admins.admin(showing: session.access.value)
        }
        #expect(try await office.flows.admins.admin(showing: admin.value).email.value == "admin@example.com")
    }
}
