import Accounts
import Testing

@testable import Mail

@Suite("A message", .timeLimit(.minutes(2)))
struct MailRenderingTests {
    private static func lines(_ mail: RenderedMail) -> [Substring] {
        String(decoding: mail.content, as: UTF8.self).split(separator: "\r\n", omittingEmptySubsequences: false)
    }

    @Test("has the fields of an automatic mail, and both texts")
    func fields() async throws {
        let outboxMail = try Samples.mail()
        let mail = try MailRendering(sender: Samples.sender).render(outboxMail)
        let read = try await ReadMessage.read(mail.content)
        #expect(read.defects.isEmpty)
        #expect(read.from == ["Acme Developer Portal", "no-reply@acme.example"])
        #expect(read.to == [["", "jane@example.com"]])
        #expect(read.field("Subject") == "Verify your e-mail address for Acme")
        #expect(read.field("Message-ID") == "<\(outboxMail.id)@acme.example>")
        #expect(read.field("Auto-Submitted") == "auto-generated")
        #expect(read.field("MIME-Version") == "1.0")
        #expect(read.field("Content-Language") == "en")
        #expect(read.date == "2026-09-21T14:13:20+00:00")
        #expect(read.parts == ["multipart/alternative", "text/plain", "text/html"])
        #expect(read.text.split(whereSeparator: \.isNewline).contains(Substring(Samples.link)))
        #expect(read.html.contains("href=\"\(Samples.link)\""))
    }

    @Test(
        "has short ASCII lines that all end in CRLF, whatever is in it",
        arguments: ["Acme", "開発者ポータル", String(repeating: "x", count: 255)])
    func lineLength(portal: String) throws {
        let mail = try Samples.rendered(portal: portal)
        #expect(mail.content.allSatisfy { $0 < 0x80 })
        #expect(Self.lines(mail).allSatisfy { $0.utf8.count <= 76 && !$0.contains("\n") && !$0.contains("\r") })
        #expect(mail.content.suffix(2) == [13, 10])
    }

    @Test(
        "carries a subject of any script and length",
        arguments: [
            "開発者", String(repeating: "日本語の長い件名", count: 30), "=?UTF-8?B?SGFjaw==?=", "Ünïcode 👩‍💻 portal", "a  b",
            String(repeating: "word ", count: 50) + "end",
        ])
    func subjects(portal: String) async throws {
        let read = try await ReadMessage.read(Samples.rendered(portal: portal).content)
        #expect(read.field("Subject") == "Verify your e-mail address for \(portal)")
        #expect(read.defects.isEmpty)
    }

    @Test(
        "cannot be given another field by a portal's or a developer's name",
        arguments: [
            "Acme\r\nBcc: eve@example.com", "Acme\nBcc: eve@example.com", "Acme\r\n\r\n<html>", "Acme\u{2028}Bcc: e@example.com",
            "Acme\u{0}\u{B}",
        ])
    func injection(name: String) async throws {
        let content = AccountMessage.Content.verifyEmail(name: name, link: Samples.link, validMinutes: 1440)
        let read = try await ReadMessage.read(Samples.rendered(content, portal: name).content)
        #expect(
            read.fields.map { $0[0] } == [
                "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version",
                "Content-Language", "Content-Type",
            ])
        #expect(!(read.text + read.html).split(whereSeparator: \.isNewline).contains { $0.hasPrefix("Bcc") })
    }

    @Test(
        "carries a sender's name of any script",
        arguments: [
            "Acme, Inc. \"Developers\"", "ポータル", String(repeating: "Entwicklerportal für alle ", count: 8) + "x", "a\\b", "=?x?=",
        ])
    func senders(name: String) async throws {
        let quoted = name.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        let sender = try Mailbox("\"\(quoted)\" <no-reply@acme.example>")
        let read = try await ReadMessage.read(MailRendering(sender: sender).render(Samples.mail()).content)
        #expect(read.from == [name, "no-reply@acme.example"])
        #expect(read.defects.isEmpty)
    }

    @Test("names an international domain by its A-labels, and needs SMTPUTF8 only for what stands before the @")
    func internationalAddresses() throws {
        let domain = try Samples.rendered(to: "jane@bücher.example")
        #expect(Self.lines(domain).contains("To: jane@xn--bcher-kva.example"))
        #expect(!domain.needsSMTPUTF8)
        let local = try Samples.rendered(to: "用户@bücher.example")
        #expect(Self.lines(local).contains("To: 用户@xn--bcher-kva.example"))
        #expect(local.needsSMTPUTF8)
    }

    @Test(
        "is not made for an address that could end a command",
        arguments: ["jane@example.com>\r\nRCPT TO:<eve@example.com", "ja ne@example.com", "jane", "<jane@example.com>"])
    func unusableAddress(stored: String) throws {
        let mail = OutboxMail(
            id: try Samples.mail().id, recipient: EmailAddress(stored: stored, key: stored), message: try Samples.mail().message,
            createdAt: Samples.start)
        #expect(throws: RenderingError.unusableAddress) { try MailRendering(sender: Samples.sender).render(mail) }
    }

    @Test("is the same each time it is made from the same mail")
    func stability() throws {
        let mail = try Samples.mail()
        let rendering = MailRendering(sender: Samples.sender)
        #expect(try rendering.render(mail) == rendering.render(mail))
    }

    @Test(
        "gives back in quoted-printable what was put in",
        arguments: ["a=b", "ends in a space \nand a tab\t", "\n\n", "ü", "=3D", String(repeating: "é=", count: 100)])
    func quotedPrintable(text: String) {
        let encoded = QuotedPrintable.encode(text)
        #expect(QuotedPrintable.decode(encoded).replacing("\r\n", with: "\n") == text)
        #expect(encoded.split(separator: "\r\n").allSatisfy { $0.utf8.count <= 76 && $0.last != " " && $0.last != "\t" })
    }
}
