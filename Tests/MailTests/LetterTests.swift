import Accounts
import Testing

@testable import Mail

@Suite("A letter")
struct LetterTests {
    private static func letter(_ content: AccountMessage.Content, portal: String = "Acme") throws -> Letter {
        try Letter(MailWording(AccountMessage(portalName: portal, portalLink: "https://acme.example", content: content)))
    }

    @Test("is complete for every kind of mail", arguments: Samples.contents())
    func complete(content: AccountMessage.Content) throws {
        let letter = try Self.letter(content)
        #expect(letter.subject.contains("Acme"))
        for text in [letter.text, letter.html] {
            #expect(!text.contains("{{") && !text.contains("}}"))
            #expect(text.contains("This e-mail was sent by Acme, ") && text.contains("https://acme.example"))
            #expect(text.contains("Hello"))
        }
        #expect(letter.html.hasPrefix("<!doctype html>"))
        #expect(letter.html.contains("name=\"color-scheme\" content=\"light dark\""))
        #expect(!letter.html.contains("<table"))
        #expect(letter.text.split(separator: "\n").allSatisfy { $0.count <= 76 || $0 == Samples.link })
        #expect(!letter.text.contains("\n\n\n"))
    }

    @Test("has its link once as a button, once as text, and on a line of its own", arguments: Samples.contents())
    func link(content: AccountMessage.Content) throws {
        let letter = try Self.letter(content)
        let closed: Bool
        switch content {
        case .registrationStatus(_, let status, _): closed = status != .approved
        default: closed = false
        }
        #expect(letter.text.split(separator: "\n").contains(Substring(Samples.link)) != closed)
        #expect(letter.html.split(separator: "<a class=").count == (closed ? 1 : 3))
        #expect(letter.html.contains(">\(Samples.link)</a>") != closed)
    }

    @Test(
        "says what the registration's status means",
        arguments: [
            (DeveloperStatus.pending, "as soon as you are approved"), (.rejected, "was rejected"), (.revoked, "was revoked"),
            (.approved, "Log in with your e-mail address"),
        ])
    func status(status: DeveloperStatus, words: String) throws {
        let letter = try Self.letter(.registrationStatus(name: "Jane", status: status, logInLink: Samples.link))
        #expect(letter.text.replacing("\n", with: " ").contains(words))
        #expect(letter.html.contains(words))
    }

    @Test(
        "says how long its link is valid",
        arguments: [
            (AccountMessage.Content.verifyEmail(name: "J", link: "l", validMinutes: 1440), "valid for 24 hours"),
            (.verifyEmail(name: "J", link: "l", validMinutes: 60), "valid for 60 minutes"),
            (.verifyEmail(name: "J", link: "l", validMinutes: 0), "valid for a short time"),
            (.resetPassword(name: "J", link: "l", validMinutes: 60), "valid for 60 minutes"),
            (.resetPassword(name: "J", link: "l", validMinutes: 1), "valid for 1 minute"),
            (.resetPassword(name: "J", link: "l", validMinutes: 90), "valid for 90 minutes"),
            (.invited(name: "J", link: "l", validMinutes: 25 * 60), "valid for 25 hours"),
            (.invited(name: "J", link: "l", validMinutes: 7 * 1440), "valid for 7 days"),
        ])
    func validity(content: AccountMessage.Content, words: String) throws {
        let letter = try Self.letter(content)
        #expect(letter.text.contains(words) && letter.html.contains(words))
    }

    @Test(
        "shows names as text, never as HTML",
        arguments: ["<script>alert(1)</script>", "\"\u{301} onmouseover=x", "'\u{20DD}><img src=x>", "&lt;b&gt;", "{{link}}"])
    func escaping(name: String) throws {
        for content in Samples.contents(name: name) {
            let html = try Self.letter(content, portal: name).html
            #expect(!html.contains("<script") && !html.contains("<img"))
            #expect(!html.unicodeScalars.contains("\u{301}") || html.contains("&quot;\u{301}"))
            #expect(!html.unicodeScalars.contains("\u{20DD}") || html.contains("&#39;\u{20DD}"))
        }
        let html = try Self.letter(.approved(name: "Jane", logInLink: Samples.link), portal: "&lt;b&gt;").html
        #expect(html.contains("&amp;lt;b&amp;gt;"))
    }

    @Test("greets by name, unless the name is a message of its own")
    func salutation() {
        for name in ["Jane Doe", "Dr. Jane J. Doe", "山田 太郎", "O'Neil"] { #expect(Salutation.name(name) == name) }
        for name in [
            "Win at https://evil.example", "evil.example", "evil.\u{301}example", "a@\u{301}b", "a@b",
            String(repeating: "a", count: 61), "",
        ] {
            #expect(Salutation.name(name) == nil)
        }
    }

    @Test("tells admins who waits only where the portal allows it")
    func applicant() throws {
        let named = try Self.letter(
            .approvalRequested(developer: .init(name: "Jane", email: "jane@example.com"), consoleLink: "l"))
        #expect(named.text.contains("\nJane\njane@example.com\n"))
        #expect(named.html.contains("<strong>Jane</strong><br>jane@example.com"))
        let unnamed = try Self.letter(.approvalRequested(developer: nil, consoleLink: "l"))
        #expect(unnamed.text.replacing("\n", with: " ").contains("Who it is, and how you decide, you learn here."))
        #expect(unnamed.html.contains("Who it is, and how you decide, you learn here."))
    }
}
