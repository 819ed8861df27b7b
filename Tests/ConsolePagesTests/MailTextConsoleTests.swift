import Accounts
import Languages
import Testing

@testable import ConsolePages

@Suite("The texts of mails in the console")
struct MailTextConsoleTests {
    private static let root = "/portals/acme/mail-texts"
    private static let path = "\(root)/account-access-approved"

    @Test("a text is kept in its language, listed, and brought back after a question")
    func change() async throws {
        let console = try await TestConsole()
        try await console.browse(as: .owner) { browser in
            let saved = try await browser.submit(
                browser.get("\(Self.path)?language=de"), to: Self.path,
                ["content.subject": "Hallo {{developer_fullname}}", "enabled": "on", "step": "save"])
            #expect(saved.location == "\(Self.path)?language=de&done=save")
            let page = try await browser.get("\(Self.path)?language=de&done=save")
            #expect(page.contains("The text is saved.") && page.contains("value=\"Hallo {{developer_fullname}}\""))
            #expect(page.contains("Own text: Deutsch"))
            #expect(page.contains("Usual text: English, Español, Français, 日本語"))
            #expect(page.contains("Deutsch (own text)"))
            let list = try await browser.get(Self.root)
            #expect(list.contains("Deutsch") && !list.contains("Français</td>"))
            let question = try await browser.submit(page, to: Self.path, ["step": "reset"])
            #expect(question.contains("Bring the usual text back?"))
            let reset = try await browser.submit(question, to: Self.path)
            #expect(reset.location == "\(Self.path)?language=de&done=reset")
        }
        #expect(try await console.flows.mailTemplates.templates(of: console.portal.id).isEmpty)
        #expect(await console.store.auditActions.suffix(2) == [.mailTemplateChanged, .mailTemplateReset])
    }

    @Test("mails that may be off are off without the mark; others have none")
    func off() async throws {
        let console = try await TestConsole()
        try await console.browse(as: .owner) { browser in
            _ = try await browser.submit(browser.get(Self.path), to: Self.path, ["content.subject": "x", "step": "save"])
            let needed = try await browser.get("\(Self.root)/reset-password")
            #expect(!needed.contains("name=\"enabled\""))
        }
        let template = try await console.flows.mailTemplates.template(.accountAccessApproved, of: console.portal.id)
        #expect(template?.isEnabled == false)
    }

    @Test(
        "a variable that the mail does not have is told at its field, and nothing is kept",
        arguments: ["save", "preview", "test"])
    func wrong(step: String) async throws {
        let console = try await TestConsole()
        try await console.browse(as: .owner) { browser in
            let page = try await browser.submit(
                browser.get(Self.path), to: Self.path, ["content.subject": "{{nothing}}", "content.body": "B", "step": step])
            #expect(page.status == .badRequest)
            #expect(page.contains("id=\"content.subject-error\"") && page.contains("value=\"{{nothing}}\""))
        }
        #expect(try await console.flows.mailTemplates.templates(of: console.portal.id).isEmpty)
        #expect(await console.store.mails.filter { $0.message.trial != nil }.isEmpty)
    }

    @Test("a test goes to the admin who asks, and what was typed stays")
    func trial() async throws {
        let console = try await TestConsole()
        try await console.browse(as: .owner) { browser in
            let page = try await browser.submit(
                browser.get("\(Self.path)?language=ja"), to: Self.path, ["content.subject": "Typed", "step": "test"])
            #expect(page.status == .ok && page.contains("on its way") && page.contains("value=\"Typed\""))
        }
        let mails = await console.store.mails.filter { $0.message.trial != nil }
        #expect(mails.map(\.recipient.value) == ["owner@example.com"])
        #expect(mails.first?.message.language == .japanese && mails.first?.message.trial?.subject == "Typed")
    }

    @Test("there is no page of a mail that there is not")
    func missing() async throws {
        let console = try await TestConsole()
        try await console.browse(as: .owner) { browser in
            let page = try await browser.get("\(Self.root)/api-key-expired")
            #expect(page.status == .notFound)
        }
    }
}
