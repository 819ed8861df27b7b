import Accounts
import Languages
import Testing

@Suite("The texts of a portal's mails")
struct MailTemplateTests {
    private static func content(_ fields: [String: String?]) -> MailTextDraft { MailTextDraft(content: .fields(fields)) }

    @Test("what is named changes, in one language; the rest stays, and the audit log tells of it")
    func change() async throws {
        let office = try await Office()
        let (mails, portal) = (office.flows.mailTemplates, office.portal.id)
        let draft = Self.content(["subject": "Hallo {{ developer_fullname }}", "body": "Eins\n\nZwei"])
        var template = try await mails.change(.confirmEmailAddress, of: portal, in: .german, with: draft, by: .operator)
        #expect(template.texts == [.german: MailText(subject: "Hallo {{ developer_fullname }}", body: "Eins\n\nZwei")])
        template = try await mails.change(
            .confirmEmailAddress, of: portal, in: .german, with: Self.content(["subject": nil, "title": "Titel"]), by: .operator)
        #expect(template.texts == [.german: MailText(title: "Titel", body: "Eins\n\nZwei")])
        #expect(try await mails.template(.confirmEmailAddress, of: portal) == template)
        #expect(try await mails.template(.resetPassword, of: portal) == nil)
        #expect(await office.store.auditActions.filter { $0 == .mailTemplateChanged }.count == 2)
    }

    @Test("a mail whose last own text goes is as usual again")
    func usual() async throws {
        let office = try await Office()
        let (mails, portal) = (office.flows.mailTemplates, office.portal.id)
        _ = try await mails.change(.resetPassword, of: portal, in: .french, with: Self.content(["title": "Un"]), by: .operator)
        _ = try await mails.change(
            .resetPassword, of: portal, in: .french, with: MailTextDraft(content: .reset), by: .operator)
        #expect(try await mails.template(.resetPassword, of: portal) == nil)
    }

    @Test(
        "a variable that the mail does not have is refused and named",
        arguments: [
            ("{{ developer_name }}", "developer_name"), ("a {{portal_display_name}} b {{link}}", "link"), ("{{}}", "\"\""),
            ("{{api_name}}", "api_name"), ("{{#portal_domain}}", "#portal_domain"), ("{{{portal_domain}}}", "{portal_domain"),
            ("{{developer_status}}", "developer_status"),
        ])
    func unknownVariable(text: String, name: String) async throws {
        let office = try await Office()
        do {
            _ = try await office.flows.mailTemplates.change(
                .resetPassword, of: office.portal.id, in: .english, with: Self.content(["body": text]), by: .operator)
            Issue.record("expected a refusal")
        } catch AccountError.invalidFields(let errors) {
            #expect(errors.map(\.field) == ["content.body"])
            #expect(errors[0].reason.contains(name))
        }
        #expect(await !office.store.auditActions.contains(.mailTemplateChanged))
    }

    @Test(
        "texts may be as long as they may, fit on their line, and show something",
        arguments: [
            ("subject", String(repeating: "é", count: 1024), true), ("subject", String(repeating: "é", count: 1025), false),
            ("title", String(repeating: "é", count: 1025), false), ("body", String(repeating: "山", count: 4096), true),
            ("body", String(repeating: "山", count: 4097), false), ("button_label", String(repeating: "a", count: 128), true),
            ("button_label", String(repeating: "a", count: 129), false), ("subject", "a\r\nBcc: eve@example.com", false),
            ("title", "a\nb", false), ("body", "a\r\nb", true), ("body", " \n ", false), ("subject", " ", false),
            ("subject", "a\u{202E}b", false), ("body", "{{ portal_domain", false), ("body", "a } b { c }}", true),
        ])
    func limits(field: String, text: String, isTaken: Bool) async throws {
        let office = try await Office()
        do {
            _ = try await office.flows.mailTemplates.change(
                .resetPassword, of: office.portal.id, in: .english, with: Self.content([field: text]), by: .operator)
            #expect(isTaken)
        } catch AccountError.invalidFields(let errors) {
            #expect(!isTaken && errors.map(\.field) == ["content.\(field)"])
        }
    }

    @Test(
        "mails without which nobody gets in, and those about safety, cannot be off; others can",
        arguments: MailTemplateName.allCases)
    func off(name: MailTemplateName) async throws {
        let office = try await Office()
        let (mails, portal) = (office.flows.mailTemplates, office.portal.id)
        do {
            let template = try await mails.change(
                name, of: portal, in: .english, with: MailTextDraft(isEnabled: false), by: .operator)
            #expect(name.mayBeOff && MailLook(template: template).isOff)
        } catch AccountError.invalidFields(let errors) {
            #expect(!name.mayBeOff && errors.map(\.field) == ["enabled"])
        }
        let needed: Set<MailTemplateName> = [.confirmEmailAddress, .resetPassword, .developerInvitation, .passwordChanged]
        #expect(name.mayBeOff != needed.contains(name))
    }

    @Test("a reset brings back one language, or everything, once")
    func reset() async throws {
        let office = try await Office()
        let (mails, portal) = (office.flows.mailTemplates, office.portal.id)
        for language in [Language.german, .french] {
            _ = try await mails.change(
                .accountAccessApproved, of: portal, in: language, with: Self.content(["title": "x"]), by: .operator)
        }
        try await mails.reset(.accountAccessApproved, of: portal, in: .german, by: .operator)
        #expect(try await mails.template(.accountAccessApproved, of: portal)?.texts.keys.map(\.tag) == ["fr"])
        await #expect(throws: AccountError.notFound("custom e-mail template in this language")) {
            try await mails.reset(.accountAccessApproved, of: portal, in: .german, by: .operator)
        }
        try await mails.reset(.accountAccessApproved, of: portal, in: nil, by: .operator)
        await #expect(throws: AccountError.notFound("custom e-mail template")) {
            try await mails.reset(.accountAccessApproved, of: portal, in: nil, by: .operator)
        }
        #expect(await office.store.auditActions.filter { $0 == .mailTemplateReset }.count == 2)
    }

    @Test("a restart gives nobody more tests, and an hour after the first one there are all again")
    func restart() async throws {
        let office = try await Office()
        let text = MailText(subject: "S", title: "T", body: "B")
        let admin = try await office.flows.admins.create(email: "ada@example.com", role: .owner, by: .operator)
        func send(_ flows: AccountFlows) async throws -> MailTemplateAdministration.TestMailOutcome {
            try await flows.mailTemplates.sendTest(.resetPassword, with: text, in: .english, at: office.portal, to: admin)
        }
        for _ in 0..<20 { #expect(try await send(office.flows) == .queued) }
        office.clock.advance(by: .seconds(600))
        let restarted = try await office.restarted()
        #expect(try await send(restarted) == .tooMany(retryAfterSeconds: 3000))
        office.clock.advance(by: .seconds(3000))
        #expect(try await send(restarted) == .queued)
    }

    @Test("a test goes to the admin who asks, and so many go in an hour and no more")
    func trial() async throws {
        let office = try await Office()
        let mails = office.flows.mailTemplates
        let admin = try await office.flows.admins.create(email: "boss@example.com", role: .owner, by: .operator)
        let text = MailText(subject: "Try", title: "Try", body: "It")
        var queued = 0
        while case .queued = try await mails.sendTest(.resetPassword, with: text, in: .german, at: office.portal, to: admin) {
            queued += 1
            try #require(queued < 100)
        }
        #expect(queued == 20)
        let sent = await office.store.mails
        #expect(sent.count == 20 && sent.allSatisfy { $0.recipient == admin.email && $0.message.trial == text })
        #expect(sent.allSatisfy { $0.message.language == .german && $0.message.portal == office.portal.id })
        #expect(await office.store.auditActions.filter { $0 == .mailTemplateTested }.count == 20)

        let late = try await mails.sendTest(.resetPassword, with: text, in: .german, at: office.portal, to: admin)
        #expect(late == .tooMany(retryAfterSeconds: 3600))
        let other = try await office.flows.admins.create(email: "other@example.com", role: .owner, by: .operator)
        #expect(try await mails.sendTest(.resetPassword, with: text, in: .german, at: office.portal, to: other) == .queued)
        office.clock.advance(by: .seconds(3600))
        #expect(try await mails.sendTest(.resetPassword, with: text, in: .german, at: office.portal, to: admin) == .queued)
    }

    @Test("a text that could not be kept is not sent as a test either")
    func badTrial() async throws {
        let office = try await Office()
        let admin = try await office.flows.admins.create(email: "boss@example.com", role: .owner, by: .operator)
        await #expect(throws: AccountError.self) {
            try await office.flows.mailTemplates.sendTest(
                .resetPassword, with: MailText(subject: "{{nothing}}"), in: .english, at: office.portal, to: admin)
        }
        #expect(await office.store.mails.isEmpty)
    }

    @Test("values are put in once, and a missing one leaves nothing")
    func filling() throws {
        let pieces = try #require(MailTextPieces("{{portal_domain}}|{{ developer_email }}|{{link_validity}}|}}"))
        let values: [MailVariable: String] = [.portalDomain: "{{developer_email}}", .developerEmail: "a@b"]
        #expect(pieces.filled(with: values) == "{{developer_email}}|a@b||}}")
    }

    @Test("every mail of the flows names its portal")
    func portals() async throws {
        let office = try await Office(autoApprove: true)
        try await office.member("jane@example.com")
        let mails = await office.store.mails
        #expect(!mails.isEmpty && mails.allSatisfy { $0.message.portal == office.portal.id && $0.message.trial == nil })
    }
}
