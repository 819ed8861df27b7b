import Accounts
import AccountsTesting
import Foundation
import Languages
import Testing

@Suite("The language of a developer's mails", .timeLimit(.minutes(5)))
struct LanguageTests {
    private static let jane = "jane@example.com"

    @Test("the first registration tells it, and every mail has it", arguments: Language.allCases)
    func registration(language: Language) async throws {
        let office = try await Office()
        try await register(at: office, language)
        #expect(try await told(at: office) == language)
        let token = try await office.mailedToken(to: Self.jane)
        let verified = try await office.flows.verification.verify(token: token, at: office.portal)
        try await office.flows.passwords.setPassword(
            Office.password, token: verified.passwordToken.description, at: office.portal)
        let id = try #require(await office.store.developer(with: EmailAddress(Self.jane), in: office.portal.id)).id
        _ = try await office.flows.approval.approve(id, at: office.portal, by: .operator)
        try await office.flows.recovery.forgotPassword(email: Self.jane, at: office.portal)
        try await register(at: office, nil)
        let languages = try await languages(at: office)
        #expect(languages.count >= 4 && languages.allSatisfy { $0 == language })
    }

    @Test("who never told has none")
    func untold() async throws {
        let office = try await Office()
        try await register(at: office, nil)
        #expect(try await told(at: office) == nil)
        #expect(try await languages(at: office) == [nil])
    }

    @Test("an address that nobody has verified may register again in another language")
    func unverified() async throws {
        let office = try await Office()
        try await register(at: office, .german)
        try await register(at: office, .french)
        #expect(try await told(at: office) == .french)
        try await register(at: office, nil)
        #expect(try await told(at: office) == .french)
        #expect(try await languages(at: office) == [.german, .french, .french])
    }

    @Test("a stranger who registers a verified address again changes nothing, and its owner reads the own language")
    func stranger() async throws {
        let office = try await Office()
        try await register(at: office, .german)
        _ = try await office.flows.verification.verify(token: office.mailedToken(to: Self.jane), at: office.portal)
        try await register(at: office, .japanese)
        #expect(try await told(at: office) == .german)
        guard case .registrationStatus = try await office.mails(to: Self.jane).last else {
            Issue.record("expected a status mail")
            return
        }
        #expect(try await languages(at: office).last == .german)
    }

    @Test("an invitation may tell it, and a stranger's registration does not change it")
    func invitation() async throws {
        let office = try await Office()
        let invited = try await office.flows.invitation.create(
            fullName: "Jane Doe", email: Self.jane, language: .spanish, status: .approved, sendsMail: true, at: office.portal,
            by: .operator)
        #expect(invited.language == .spanish)
        #expect(try await languages(at: office) == [.spanish])
        try await register(at: office, .japanese)
        #expect(try await told(at: office) == .spanish)
    }

    @Test("its owner chooses it, which is on record once, and stands in the export")
    func choice() async throws {
        let office = try await Office(autoApprove: true)
        try await office.member(Self.jane)
        let tokens = try await office.logIn(Self.jane)
        var session = try await office.flows.sessions.session(showing: tokens.access.value, at: office.portal)
        for _ in 0..<2 {
            let developer = try await office.flows.ownAccount.chooseLanguage(.japanese, in: session)
            #expect(developer.language == .japanese)
        }
        session = try await office.flows.sessions.session(showing: tokens.access.value, at: office.portal)
        let export = try await office.flows.ownAccount.export(in: session)
        #expect(export.developer.language == .japanese)
        #expect(export.auditEntries.count { $0.event.action == .languageChosen } == 1)
        try await office.flows.recovery.forgotPassword(email: Self.jane, at: office.portal)
        #expect(try await languages(at: office).last == .japanese)
    }

    @Test("mails to admins have none")
    func admins() async throws {
        let office = try await Office()
        _ = try await office.admin()
        try await register(at: office, .german)
        let token = try await office.mailedToken(to: Self.jane)
        let verified = try await office.flows.verification.verify(token: token, at: office.portal)
        try await office.flows.passwords.setPassword(
            Office.password, token: verified.passwordToken.description, at: office.portal)
        #expect(try await languages(at: office, to: "decider@example.com") == [nil])
    }

    @Test("a mail that was stored before languages were is still read")
    func oldMail() throws {
        let old = """
            {"portalName": "Acme", "portalLink": "https://acme.example",
             "content": {"approved": {"name": "Jane", "logInLink": "https://acme.example/login"}}}
            """
        let message = try JSONDecoder().decode(AccountMessage.self, from: Data(old.utf8))
        #expect(message.language == nil && message.portalName == "Acme")
    }

    private func register(at office: Office, _ language: Language?) async throws {
        try await office.flows.registration.register(
            fullName: "Jane Doe", email: Self.jane, language: language, at: office.portal)
    }

    private func told(at office: Office) async throws -> Language? {
        try #require(await office.store.developer(with: EmailAddress(Self.jane), in: office.portal.id)).language
    }

    private func languages(at office: Office, to address: String = jane) async throws -> [Language?] {
        let recipient = try EmailAddress(address)
        return await office.store.mails.filter { $0.recipient == recipient }.map(\.message.language)
    }
}
