import Accounts
import Foundation
import Geography
import SQLiteStore
import Testing

/// The account flows of one geo on a SQLite store.
struct StoreOffice: Sendable {
    let store: SQLiteStore
    let flows: AccountFlows

    init(store: SQLiteStore) throws {
        let topology = try Topology(
            yaml: "{domain: example.com, geos: [{id: eu, number: 1, nodes: [{address: \"127.0.0.1:9101\"}]}]}",
            named: "topology.yaml")
        self.store = store
        let hasher = ScryptPasswordHasher(cost: ScryptCost(logRounds: 10, parallelism: 1))
        flows = AccountFlows(
            geo: .eu, topology: topology, store: store, hasher: hasher, clock: SystemClock(), secret: store.derivedKey(for: "accounts"))
    }

    /// A portal that approves by itself.
    func portal() async throws -> Portal {
        var draft = PortalDraft(name: "Acme")
        draft.autoApproveDevelopers = true
        return try await flows.portals.create(draft, by: .operator)
    }

    /// Registers, verifies and sets a password; leaves the last mail waiting.
    ///
    /// - Returns: every secret that was mailed or handed out on the way.
    func signUp(_ name: String, _ address: String, _ password: String, at portal: Portal) async throws -> [String] {
        try await flows.registration.register(fullName: name, email: address, at: portal)
        let mailed = try await mailedToken()
        try await deliverAll()
        let verified = try await flows.verification.verify(token: mailed, at: portal)
        try await flows.passwords.setPassword(password, token: verified.passwordToken.description, at: portal)
        return [mailed, verified.passwordToken.description]
    }

    /// The token in the newest mail.
    func mailedToken() async throws -> String {
        let mail = try #require(try await due().last)
        switch mail.message.content {
        case .verifyEmail(_, let link, _), .resetPassword(_, let link, _):
            return String(try #require(link.split(separator: "=").last))
        default:
            Issue.record("expected a mail with a link")
            return ""
        }
    }

    func deliverAll() async throws {
        for mail in try await due() { try await store.mailDelivered(mail.id, at: SystemClock().now) }
    }

    func delete(_ address: String, at portal: Portal) async throws {
        let developer = try #require(try await store.developer(with: EmailAddress(address), in: portal.id))
        try await flows.approval.delete(developer.id, at: portal, by: .operator)
    }

    private func due() async throws -> [OutboxMail] { try await store.dueMails(at: SystemClock().now, limit: 100) }
}
