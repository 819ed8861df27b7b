import Accounts
import Crypto
import Foundation
import GRDB
import Geography
import Testing

@testable import SQLiteStore

@Suite("A store of an earlier version")
struct UpgradeTests {
    private static let fixtures = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Fixtures")

    /// The kept stores, by the migration that was the last of their version.
    static let versions: [String] = {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: fixtures.path)) ?? []
        return names.filter { $0.hasSuffix(".sqlite") }.map { String($0.dropLast(7)) }.sorted()
    }()

    @Test("is kept for the first version, and is what that version wrote")
    func kept() throws {
        #expect(Self.versions.contains("v1"))
        for version in Self.versions {
            let path = Self.fixtures.appending(path: "\(version).sqlite").path
            let copy = StoreFolderFixture()
            try FileManager.default.createDirectory(atPath: copy.path, withIntermediateDirectories: true)
            try FileManager.default.copyItem(atPath: path, toPath: copy.store)
            let database = try DatabaseQueue(path: copy.store)
            let applied = try database.read { try String.fetchAll($0, sql: "SELECT identifier FROM grdb_migrations") }
            #expect(applied.contains(version))
            if version == "v1" { #expect(applied == ["v1"]) }
            try database.close()
        }
    }

    /// Stood between two versions and were never a version's last one.
    private static let inBetween: Set = ["v2 languages", "v2 catalog", "v2 branding", "v2 mail templates", "v2 console"]

    @Test("is kept for each migration before the last one: whoever appends one keeps the store as it was before (Fixtures/README.md)")
    func keptForEach() {
        let row = StoreSchema(geo: .eu, now: StoreFixtures.now).migrator.migrations
        #expect(Set(row.dropLast()).subtracting(Self.inBetween).subtracting(Self.versions).isEmpty)
    }

    @Test("is brought to this version when it is opened, and everything in it is found and works", arguments: versions)
    func opens(version: String) async throws {
        let (folder, facts) = try Self.unpack(version)
        try await Self.checkOpening(of: folder, facts)
    }

    @Test(
        "that came only as far as any one migration is brought on from there",
        arguments: StoreSchema(geo: .eu, now: StoreFixtures.now).migrator.migrations)
    func opensFrom(migration: String) async throws {
        let (folder, facts) = try Self.unpack("v1")
        let migrator = StoreSchema(geo: .eu, now: facts.clock.now).migrator
        let database = try DatabaseQueue(path: folder.store)
        try migrator.migrate(database, upTo: migration)
        try database.close()
        try await Self.checkOpening(of: folder, facts)
    }

    private static func checkOpening(of folder: StoreFolderFixture, _ facts: FixtureFacts) async throws {
        let store = try folder.open()
        let applied = try await store.read { try String.fetchSet($0, sql: "SELECT identifier FROM grdb_migrations") }
        #expect(applied == Set(StoreSchema(geo: .eu, now: facts.clock.now).migrator.migrations))
        try await store.integrityCheck()
        try await Self.check(store, facts)
        try await store.close()
        // And a second time, when there is nothing to bring.
        let again = try folder.open()
        try await again.integrityCheck()
        try await again.close()
    }

    @Test("is left as it is where it is another geo's, however old", arguments: versions)
    func otherGeo(version: String) throws {
        let (folder, _) = try Self.unpack(version)
        let before = try Data(contentsOf: URL(fileURLWithPath: folder.store))
        #expect(folder.refusal(as: .us) != nil)
        #expect(try Data(contentsOf: URL(fileURLWithPath: folder.store)) == before)
    }

    private static func check(_ store: SQLiteStore, _ facts: FixtureFacts) async throws {
        let flows = try Self.flows(store, clock: facts.clock)
        try await flows.resume()
        let portal = try #require(try await flows.portals.portal(with: PortalSlug("acme")))
        #expect(portal.settings.autoApproveDevelopers)
        let quiet = try #require(try await flows.portals.portal(with: PortalSlug("quiet")))
        #expect(!quiet.settings.authenticationEnabled && quiet.labels == ["team": "maps"])
        #expect(
            try await flows.catalogReading.entries(in: portal, visibleAs: .private, page: PageRequest()).elements.map(\.api.name)
                == ["Maps"])
        #expect(try await flows.catalogReading.entries(in: portal, visibleAs: .public, page: PageRequest()).elements.isEmpty)

        let page = try await store.developers(
            in: portal.id, matching: DeveloperFilter(), sortedBy: DeveloperOrder(), page: PageRequest())
        #expect(
            Dictionary(uniqueKeysWithValues: page.elements.map { ($0.email.value, $0.status) }) == [
                "jane@example.com": .approved, "rejected@example.com": .rejected, "revoked@example.com": .revoked,
                "reset@example.com": .approved, "pending@example.com": .pending,
            ])
        try await checkSecond(flows, portal, facts)
        // Mails: two that wait can be opened, one is a dead letter.
        let due = try await store.dueMails(at: facts.clock.now.adding(.seconds(86_400)), limit: 100)
        #expect(due.contains { $0.recipient.value == "pending@example.com" })
        // The log is whole, and is the one that was kept.
        let noted = facts.auditHead.split(separator: ":")
        let head = AuditHead(
            sequence: try #require(Int64(noted[0])), hash: try #require(Hexadecimal.bytes(String(noted[1]))))
        _ = try await flows.auditLog.verify(noted: head)

        // What was handed out still opens, and what was taken back does not.
        #expect(
            try await flows.sessions.session(showing: facts.accessToken, at: portal).developer.id.description == facts.developerID
        )
        _ = try await flows.admins.admin(showing: facts.adminToken)
        await #expect(throws: AccountError.notAuthenticated) { try await flows.admins.admin(showing: facts.revokedAdminToken) }
        let password = FixtureFacts.password
        _ = try await flows.logIn.authenticate(username: "jane@example.com", password: password, at: portal)
        await #expect(throws: AccountError.invalidCredentials) {
            try await flows.logIn.authenticate(username: "revoked@example.com", password: password, at: portal)
        }
        _ = try await flows.sessions.refresh(showing: facts.refreshToken, at: portal)
        await #expect(throws: AccountError.notAuthenticated) {
            try await flows.sessions.refresh(showing: facts.usedRefreshToken, at: portal)
        }
        let verified = try await flows.verification.verify(token: facts.verificationToken, at: portal)
        _ = try await flows.passwords.setPassword(password, token: verified.passwordToken.description, at: portal)
        await #expect(throws: AccountError.usedToken) {
            try await flows.verification.verify(token: facts.verificationToken, at: portal)
        }
        _ = try await flows.passwords.setPassword("Another-one-entirely-9", token: facts.resetToken, at: portal)
        // And everything that can be done is done on it.
        try await flows.registration.register(fullName: "New", email: "new@example.com", at: portal)
        let jane = try #require(try await store.developer(with: EmailAddress("jane@example.com"), in: portal.id))
        try await flows.approval.delete(jane.id, at: portal, by: .operator)
        _ = try await flows.auditLog.verify(noted: head)
    }

    private static func checkSecond(_ flows: AccountFlows, _ portal: Portal, _ facts: FixtureFacts) async throws {
        guard let second = facts.second else { return }
        #expect(portal.look.welcomeTitle == second.welcome && portal.look.accent != nil)
        let text = try await flows.mailTemplates.template(.resetPassword, of: portal.id)?.texts[.english]
        #expect(text?.subject == second.mailSubject)
        let jane = try await flows.sessions.session(showing: facts.accessToken, at: portal).developer
        #expect(jane.language == second.language)
        let providers = try await flows.identityProviders.providers(of: portal)
        #expect(providers.map(\.id.description) == [second.providerID] && providers.allSatisfy { $0.secret != nil })
        let token = try #require(second.consoleLink.split(separator: "=").last)
        try await flows.console.setPassword("A-password-for-the-console-3", token: String(token))
        let step = try await flows.console.logIn(email: "owner@example.com", password: "A-password-for-the-console-3")
        guard case .newSecondFactor = step else {
            Issue.record("expected a second factor to be wanted")
            return
        }
    }

    private static func flows(_ store: SQLiteStore, clock: any WallClock) throws -> AccountFlows {
        let topology = try Topology(
            yaml: "{domain: example.com, geos: [{id: eu, number: 1, nodes: [{address: \"127.0.0.1:9101\"}]}]}",
            named: "topology.yaml")
        return AccountFlows(
            geo: .eu, topology: topology, store: store, hasher: ScryptPasswordHasher(cost: ScryptCost(logRounds: 10)),
            clock: clock, secret: store.derivedKey(for: "accounts"))
    }

    private static func unpack(_ version: String) throws -> (StoreFolderFixture, FixtureFacts) {
        let folder = StoreFolderFixture()
        try FileManager.default.createDirectory(atPath: folder.path, withIntermediateDirectories: true)
        try FileManager.default.copyItem(atPath: fixtures.appending(path: "\(version).sqlite").path, toPath: folder.store)
        let key = try String(contentsOf: fixtures.appending(path: "\(version).outbox-key.txt"), encoding: .utf8)
        try #require(Data(base64Encoded: key)).write(to: URL(fileURLWithPath: folder.outboxKey))
        chmod(folder.outboxKey, 0o600)
        let facts = try Data(contentsOf: fixtures.appending(path: "\(version).json"))
        return (folder, try JSONDecoder().decode(FixtureFacts.self, from: facts))
    }
}
