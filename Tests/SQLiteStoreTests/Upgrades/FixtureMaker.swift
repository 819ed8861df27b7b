import Accounts
import Crypto
import Foundation
import Geography
import Languages
import SQLiteStore
import Testing

/// Makes a store with a few rows of everything, to be kept as what this version wrote. See `Tests/SQLiteStoreTests/Fixtures/README.md`.
@Suite("Keeping a store of this version")
struct FixtureMaker {
    static let variable = "PORTOLAN_KEEP_STORE"

    @Test("is done before a release that changes the schema", .enabled(if: ProcessInfo.processInfo.environment[variable] != nil))
    func keep() async throws {
        let target = try #require(ProcessInfo.processInfo.environment[Self.variable])
        let folder = StoreFolderFixture()
        let store = try folder.open()
        var facts = FixtureFacts()
        facts.madeAt = SystemClock().now.milliseconds
        try await Self.fill(store, &facts)
        try await store.close()
        let files = FileManager.default
        try files.copyItem(atPath: folder.store, toPath: "\(target).sqlite")
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        try encoder.encode(facts).write(to: URL(fileURLWithPath: "\(target).json"))
        let key = try Data(contentsOf: URL(fileURLWithPath: folder.outboxKey))
        try Data(key.base64EncodedString().utf8).write(to: URL(fileURLWithPath: "\(target).outbox-key.txt"))
    }

    private static func fill(_ store: SQLiteStore, _ facts: inout FixtureFacts) async throws {
        let office = try StoreOffice(store: store)
        let flows = office.flows
        let portal = try await office.portal()
        var quiet = PortalDraft(name: "Quiet")
        quiet.authenticationEnabled = false
        quiet.labels = ["team": "maps"]
        _ = try await flows.portals.create(quiet, by: .operator)
        let api = try await flows.catalog.create(name: "Maps", version: "1.0", description: "Where things are", by: .operator)
        try await flows.catalog.publish(api.id, to: portal.id, visibility: .private, by: .operator)

        let password = FixtureFacts.password
        for name in ["jane", "revoked", "reset"] {
            _ = try await office.signUp("Name of \(name)", "\(name)@example.com", password, at: portal)
            try await office.deliverAll()
        }
        func developer(_ name: String) async throws -> Developer {
            try #require(try await store.developer(with: EmailAddress("\(name)@example.com"), in: portal.id))
        }
        facts.developerID = try await developer("jane").id.description
        _ = try await flows.approval.revoke(developer("revoked").id, at: portal, by: .operator)
        try await flows.registration.register(fullName: "Name of rejected", email: "rejected@example.com", at: portal)
        _ = try await flows.approval.reject(developer("rejected").id, at: portal, by: .operator)
        try await office.deliverAll()
        let first = try await flows.logIn.authenticate(username: "jane@example.com", password: password, at: portal)
        let second = try await flows.sessions.refresh(showing: first.session.refresh.value, at: portal)
        facts.usedRefreshToken = first.session.refresh.value
        facts.accessToken = second.access.value
        facts.refreshToken = second.refresh.value
        await #expect(throws: AccountError.invalidCredentials) {
            try await flows.logIn.authenticate(username: "jane@example.com", password: "wrong", at: portal)
        }
        try await flows.recovery.forgotPassword(email: "reset@example.com", at: portal)
        facts.resetToken = try await office.mailedToken()
        let mails = try await store.dueMails(at: SystemClock().now, limit: 100)
        try await store.mailFailed(try #require(mails.last).id, at: SystemClock().now, problem: "550 no such user")
        try await flows.registration.register(fullName: "Name of pending", email: "pending@example.com", at: portal)
        facts.verificationToken = try await office.mailedToken()

        facts.adminToken = try await flows.admins.createToken(for: "owner@example.com", named: "kept", role: .owner).value
        let revoked = try await flows.admins.createToken(for: "viewer@example.com", named: "revoked", role: .viewer)
        let viewer = try await flows.admins.admin(showing: revoked.value)
        let token = try #require(try await flows.admins.tokens(of: viewer.id).first)
        try await flows.admins.revokeToken(token.id, of: viewer.id, by: .operator)
        facts.revokedAdminToken = revoked.value
        facts.second = try await fillSecond(flows, portal, signedIn: second.access.value)
        let head = try await flows.auditLog.head()
        facts.auditHead = "\(head.sequence):\(head.hexHash)"
    }

    /// What the second version brought: looks, texts of mails, languages, identity providers, passwords for the console.
    private static func fillSecond(
        _ flows: AccountFlows, _ portal: Portal, signedIn token: String
    ) async throws -> FixtureFacts.SecondVersion {
        let language = Language.german
        _ = try await flows.ownAccount.chooseLanguage(language, in: try await flows.sessions.session(showing: token, at: portal))
        let look = LookDraft(accent: .text("#0b5f7a"), welcomeTitle: .text("Welcome to the maps"))
        _ = try await flows.looks.change(portal.id, with: look, by: .operator)
        let text = MailTextDraft(content: .fields(["subject": "Choose a new one"]))
        _ = try await flows.mailTemplates.change(.resetPassword, of: portal.id, in: .english, with: text, by: .operator)
        var provider = IdentityProviderDraft()
        provider.issuer = "https://identity.example"
        provider.clientID = "portal"
        provider.secret = "kept sealed"
        let made = try await flows.identityProviders.create(provider, of: portal, by: .operator)
        return FixtureFacts.SecondVersion(
            providerID: made.id.description, welcome: "Welcome to the maps", mailSubject: "Choose a new one", language: language,
            consoleLink: try await flows.console.link(for: "owner@example.com"))
    }
}
