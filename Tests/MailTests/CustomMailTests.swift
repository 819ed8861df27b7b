import Accounts
import Geography
import Languages
import Testing

@testable import Mail

@Suite("A mail in a portal's own words and colours")
struct CustomMailTests {
    private static func look(
        _ name: MailTemplateName, _ text: MailText, in language: Language = .english, isEnabled: Bool = true
    ) -> MailLook {
        MailLook(
            template: CustomMailTemplate(
                name: name, isEnabled: isEnabled, texts: [language: text], createdAt: Samples.start, updatedAt: Samples.start))
    }

    private static func letter(_ content: AccountMessage.Content, _ text: MailText, portal: String = "Acme") throws -> Letter {
        let mail = try Samples.mail(content, portal: portal)
        let template = try #require(MailTemplateName(content))
        return try Letter(
            MailWording(mail.message, look: look(template, text), recipient: mail.recipient.value))
    }

    private static let verify = AccountMessage.Content.verifyEmail(name: "Jane Doe", link: Samples.link, validMinutes: 1440)

    @Test("says what the portal chose, with its values, and keeps the link")
    func words() throws {
        let text = MailText(
            subject: "Welcome, {{developer_fullname}}", title: "At {{ portal_display_name }}",
            body: "Dear {{developer_fullname}},\nuse the link within {{link_validity}}.\n\nYours, {{portal_domain}}",
            buttonLabel: "Yes, {{developer_email}} is mine")
        let letter = try Self.letter(Self.verify, text)
        #expect(letter.subject == "Welcome, Jane Doe")
        #expect(letter.html.contains(">At Acme</h1>"))
        #expect(letter.html.contains(">Dear Jane Doe,<br>use the link within 24 hours.</p>"))
        #expect(letter.html.contains(">Yours, acme.eu.portal.example.com</p>"))
        #expect(letter.html.contains(">Yes, jane@example.com is mine</a>"))
        #expect(letter.html.contains("href=\"\(Samples.link)\""))
        #expect(letter.text.hasPrefix("Dear Jane Doe,\nuse the link within 24 hours.\n\nYours, acme.eu.portal.example.com\n"))
        #expect(letter.text.contains("Yes, jane@example.com is mine:\n\n\(Samples.link)\n"))
        #expect(!letter.html.contains("Hello") && !letter.text.contains("Hello") && !letter.text.contains("{{"))
        #expect(letter.text.contains("This e-mail was sent by Acme"))
    }

    @Test(
        "keeps the usual words where the portal has none",
        arguments: Samples.contents().filter { MailTemplateName($0) != nil })
    func partly(content: AccountMessage.Content) throws {
        let usual = try Letter(MailWording(Samples.mail(content).message))
        let letter = try Self.letter(content, MailText(title: "Ours"))
        #expect(letter.subject == usual.subject && letter.text == usual.text)
        #expect(letter.html.contains(">Ours</h1>"))
    }

    @Test("shows values as data: neither as HTML, nor as a line of a header, nor as a variable")
    func escaping() async throws {
        let text = MailText(
            subject: "{{portal_display_name}}", title: "<i>{{portal_display_name}}</i>", body: "<b> {{portal_display_name}}")
        let portal = "<img src=x>\r\nBcc: eve@example.com {{developer_email}}"
        let letter = try Self.letter(Self.verify, text, portal: portal)
        #expect(!letter.html.contains("<img") && !letter.html.contains("<i>") && !letter.html.contains("<b>"))
        #expect(letter.html.contains("{{developer_email}}"))
        let mail = try Samples.mail(Self.verify, portal: portal)
        let rendered = try MailRendering(sender: Samples.sender).render(
            mail, look: Self.look(.confirmEmailAddress, text))
        let read = try await ReadMessage.read(rendered.content)
        #expect(read.field("Subject") == "<img src=x>  Bcc: eve@example.com {{developer_email}}")
        #expect(!String(decoding: rendered.content, as: UTF8.self).contains("\r\nBcc:"))
    }

    @Test("names the reader by the address where the name is a message of its own")
    func advertisement() throws {
        let content = AccountMessage.Content.verifyEmail(name: "Win at https://evil.example", link: Samples.link, validMinutes: 1)
        let letter = try Self.letter(content, MailText(subject: "Hi {{developer_fullname}}", body: "Hi {{developer_fullname}}"))
        #expect(letter.subject == "Hi jane@example.com")
        #expect(!letter.html.contains("evil.example") && !letter.text.contains("evil.example"))
    }

    @Test("speaks the reader's language: the portal's words in it, or else the usual ones", arguments: Language.allCases)
    func language(language: Language) async throws {
        let look = Self.look(.confirmEmailAddress, MailText(subject: "Servus", body: "Grüß Gott"), in: .german)
        let mail = try Samples.mail(Self.verify, language: language)
        let usual = try MailRendering(sender: Samples.sender).render(mail)
        let rendered = try MailRendering(sender: Samples.sender).render(mail, look: look)
        let source = String(decoding: rendered.content, as: UTF8.self)
        #expect(source.contains("Content-Language: \(language.tag)\r\n"))
        #expect(source.contains("<html lang=3D\"\(language.tag)\">"))
        #expect((rendered == usual) == (language != .german))
        #expect(source.contains("Subject: Servus\r\n") == (language == .german))
    }

    @Test("is the usual one where the portal's text cannot be filled")
    func broken() throws {
        let usual = try Letter(MailWording(Samples.mail(Self.verify).message))
        for text in [MailText(subject: "{{gone}}", title: "T"), MailText(title: "T", body: "{{ x"), MailText(title: " ")] {
            let letter = try Self.letter(Self.verify, text)
            #expect(letter.subject == usual.subject && letter.html == usual.html && letter.text == usual.text)
        }
    }

    @Test("that somebody tries out has the text of the trial, whatever the portal has")
    func trial() throws {
        let message = AccountMessage(
            portalName: "Acme", portalLink: "https://acme.example", content: Self.verify, trial: MailText(title: "Trial"))
        let letter = try Letter(MailWording(message, look: Self.look(.confirmEmailAddress, MailText(title: "Kept"))))
        #expect(letter.html.contains(">Trial</h1>") && !letter.html.contains("Kept"))
    }

    @Test(
        "has the portal's colour, readable in the light and in the dark look",
        arguments: ["#ffcc00", "#000000", "#ffffff", "#0b5f7a", "#ff0000", "#00ff00", "#0000ff", "#808080"], [false, true])
    func colors(color: String, dark: Bool) throws {
        let accent = try #require(AccentColor(color))
        for content in Samples.contents() {
            let html = try Letter(MailWording(Samples.mail(content).message, look: MailLook(accent: accent))).html
            let page = try StyledPage(html, dark: dark)
            for colors in page.colors {
                #expect(StyledPage.contrast(colors.text, colors.background) >= 4.5, "\(colors.text) on \(colors.background)")
            }
            let palette = AccentPalette(accent)
            #expect(html.contains("\(dark ? palette.dark.accent : palette.light.accent)"))
            #expect(!html.contains("#1d4ed8") && !html.contains("#8ab4ff"))
        }
    }

    @Test("every usual text can be changed and kept: it has only variables that the mail has, and says the same")
    func usualTexts() throws {
        for name in MailTemplateName.allCases {
            for language in Language.allCases {
                let text = AccountMailWriter().usualText(of: name, in: language)
                #expect(text.isSound(for: name), "\(name) in \(language)")
                #expect(![text.subject, text.title, text.body, text.buttonLabel].contains(nil))
                let mail = try Samples.mail(name.sample(link: Samples.link), language: language)
                let usual = try Letter(MailWording(mail.message, recipient: mail.recipient.value))
                let letter = try Letter(
                    MailWording(mail.message, look: Self.look(name, text, in: language), recipient: mail.recipient.value))
                #expect(letter.subject == usual.subject, "\(name) in \(language)")
                #expect(!letter.text.contains("{{") && !letter.text.contains("⟦"))
            }
        }
    }

    // MARK: At delivery

    private static func portalMail(_ content: AccountMessage.Content, trial: MailText? = nil) throws -> OutboxMail {
        let mail = try Samples.mail(content)
        return OutboxMail(
            id: mail.id, recipient: mail.recipient,
            message: AccountMessage(
                portal: PortalID(mail.id.uuid), portalName: "Acme", portalLink: "https://acme.example", content: content,
                trial: trial),
            createdAt: mail.createdAt)
    }

    @Test("a mail that the portal does without is not sent, and leaves the outbox")
    func withheld() async throws {
        let approved = AccountMessage.Content.approved(name: "Jane", logInLink: Samples.link)
        let (off, tried) = (try Self.portalMail(approved), try Self.portalMail(approved, trial: MailText(title: "T")))
        var running = RunningDelivery(outbox: InMemoryOutbox([off, tried]))
        running.looks = FixedLooks(look: Self.look(.accountAccessApproved, MailText(), isEnabled: false))
        let transport = ScriptedTransport()
        try await running.run(transport) { _ in
            for _ in 0..<2 { _ = await running.outbox.nextEvent() }
        }
        #expect(await running.outbox.waiting.isEmpty)
        #expect(transport.mails == [tried.id])
    }

    @Test("a mail waits while the portal's look cannot be read")
    func unreadable() async throws {
        let mail = try Self.portalMail(Self.verify)
        var running = RunningDelivery(outbox: InMemoryOutbox([mail]))
        running.looks = FixedLooks(look: nil)
        let transport = ScriptedTransport()
        try await running.run(transport) { _ in
            guard case .delayed(mail.id, _, let problem) = await running.outbox.nextEvent() else {
                Issue.record("expected a delay")
                return
            }
            #expect(problem.contains("look"))
        }
        #expect(transport.mails.isEmpty)
    }
}
