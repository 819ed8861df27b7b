import Accounts
import AccountsTesting
import Testing

@Suite("Admins", .timeLimit(.minutes(5)))
struct AdminTests {
    @Test(
        "a role allows what it says and no more",
        arguments: [
            (AdminRole.owner, Set(AdminPermission.allCases)),
            (.approver, [.seePortals, .seeDevelopers, .decideAboutDevelopers, .readAuditLog, .seeMails, .decideAboutMails]),
            (.viewer, [.seePortals, .seeDevelopers, .seeMails]),
        ] as [(AdminRole, Set<AdminPermission>)])
    func roles(role: AdminRole, allowed: Set<AdminPermission>) {
        for permission in AdminPermission.allCases {
            #expect(role.may(permission) == allowed.contains(permission))
            let isRefused = (try? role.require(permission)) == nil
            #expect(isRefused != allowed.contains(permission))
        }
    }

    @Test("a token opens until the moment at which it expires, and never after it was revoked")
    func expiry() async throws {
        let office = try await Office()
        let admins = office.flows.admins
        let admin = try await admins.create(email: "a@example.com", role: .viewer, by: .operator)
        let expiresAt = office.clock.now.adding(.seconds(60))
        let short = try await admins.createToken(for: admin.id, named: "short", expiresAt: expiresAt, by: .operator)
        let lasting = try await admins.createToken(for: admin.id, named: "lasting", expiresAt: nil, by: .operator)
        office.clock.advance(by: .milliseconds(59_999))
        #expect(try await admins.admin(showing: short.credential.value) == admin)
        office.clock.advance(by: .milliseconds(1))
        await #expect(throws: AccountError.notAuthenticated) { try await admins.admin(showing: short.credential.value) }
        #expect(try await admins.admin(showing: lasting.credential.value) == admin)
        try await admins.revokeToken(lasting.token.id, of: admin.id, by: .operator)
        await #expect(throws: AccountError.notAuthenticated) { try await admins.admin(showing: lasting.credential.value) }
        await #expect(throws: AccountError.notFound("token")) {
            try await admins.revokeToken(lasting.token.id, of: admin.id, by: .operator)
        }
    }

    @Test("the use of a token is noted to the minute")
    func lastUse() async throws {
        let office = try await Office()
        let admins = office.flows.admins
        let admin = try await admins.create(email: "a@example.com", role: .viewer, by: .operator)
        let token = try await admins.createToken(for: admin.id, named: "x", expiresAt: nil, by: .operator)
        #expect(try await admins.tokens(of: admin.id).map(\.lastUsedAt) == [nil])
        let first = office.clock.now
        for _ in 0..<3 {
            _ = try await admins.admin(showing: token.credential.value)
            #expect(try await admins.tokens(of: admin.id).map(\.lastUsedAt) == [first])
            office.clock.advance(by: .seconds(19))
        }
        office.clock.advance(by: .seconds(3))
        _ = try await admins.admin(showing: token.credential.value)
        #expect(try await admins.tokens(of: admin.id).map(\.lastUsedAt) == [office.clock.now])
    }

    @Test("the last owner can neither be demoted nor deleted")
    func lastOwner() async throws {
        let office = try await Office()
        let admins = office.flows.admins
        let owner = try await admins.create(email: "owner@example.com", role: .owner, by: .operator)
        let viewer = try await admins.create(email: "viewer@example.com", role: .viewer, by: .operator)
        await #expect(throws: AccountError.self) { try await admins.change(owner.id, to: .viewer, by: .operator) }
        await #expect(throws: AccountError.self) { try await admins.delete(owner.id, by: .operator) }
        #expect(try await admins.change(viewer.id, to: .owner, by: .operator).role == .owner)
        #expect(try await admins.change(owner.id, to: .viewer, by: .operator).role == .viewer)
        try await admins.delete(owner.id, by: .operator)
        #expect(try await admins.admins().map(\.id) == [viewer.id])
    }

    @Test("of two owners who demote each other at once, one stays")
    func race() async throws {
        let office = try await Office()
        let admins = office.flows.admins
        let (one, other) = (
            try await admins.create(email: "one@example.com", role: .owner, by: .operator),
            try await admins.create(email: "other@example.com", role: .owner, by: .operator)
        )
        async let first: Void = admins.delete(one.id, by: .admin(other.id))
        async let second: Void = admins.delete(other.id, by: .admin(one.id))
        let outcomes: [Void] = [try? await first, try? await second].compactMap(\.self)
        #expect(outcomes.count == 1)
        #expect(try await admins.admins().count == 1)
    }

    @Test("deleting an admin ends its tokens")
    func deletion() async throws {
        let office = try await Office()
        let admins = office.flows.admins
        _ = try await admins.create(email: "owner@example.com", role: .owner, by: .operator)
        let credential = try await admins.createToken(for: "second@example.com", named: "laptop")
        let second = try await admins.admin(showing: credential.value)
        try await admins.delete(second.id, by: .operator)
        await #expect(throws: AccountError.notAuthenticated) { try await admins.admin(showing: credential.value) }
    }

    @Test("bad names, addresses and times are named, and nothing is kept")
    func badInput() async throws {
        let office = try await Office()
        let admins = office.flows.admins
        await #expect(throws: AccountError.self) { try await admins.create(email: "no address", role: .owner, by: .operator) }
        let admin = try await admins.create(email: "a@example.com", role: .owner, by: .operator)
        await #expect(throws: AccountError.conflict("There is an admin with this address already.")) {
            try await admins.create(email: "A@EXAMPLE.com", role: .viewer, by: .operator)
        }
        let past = office.clock.now
        for (name, expiresAt) in [("", nil), (String(repeating: "x", count: 101), nil), ("a\nb", nil), ("x", past)] {
            await #expect(throws: AccountError.self) {
                try await admins.createToken(for: admin.id, named: name, expiresAt: expiresAt, by: .operator)
            }
        }
        #expect(try await admins.tokens(of: admin.id).isEmpty)
    }

    @Test("a viewer gets no mail about who waits, an approver does")
    func mails() async throws {
        let office = try await Office()
        _ = try await office.flows.admins.create(email: "viewer@example.com", role: .viewer, by: .operator)
        _ = try await office.flows.admins.create(email: "approver@example.com", role: .approver, by: .operator)
        try await office.member("jane@example.com")
        #expect(try await office.mails(to: "viewer@example.com").isEmpty)
        #expect(try await office.mails(to: "approver@example.com").count == 1)
    }
}
