import Accounts
import Languages
import Testing

@testable import Mail

@Suite("Mails in five languages", .timeLimit(.minutes(2)))
struct MailLanguageTests {
    private static func letter(
        _ content: AccountMessage.Content, in language: Language?, portal: String = "Acme"
    ) throws -> Letter { try Letter(MailWording(Samples.mail(content, portal: portal, language: language).message)) }

    @Test("every mail is complete in both parts", arguments: Language.allCases, Samples.contents())
    func complete(language: Language, content: AccountMessage.Content) throws {
        let letter = try Self.letter(content, in: language)
        #expect(letter.subject.contains("Acme"))
        #expect(letter.html.hasPrefix("<!doctype html>\n<html lang=\"\(language.tag)\">"))
        for part in [letter.subject, letter.text, letter.html] {
            #expect(!part.contains("{{") && !part.contains("⟦"))
        }
        for words in [letter.text, Self.words(of: letter.html)] { #expect(!words.contains("{")) }
        for part in [letter.text, letter.html] { #expect(part.contains("https://acme.eu.portal.example.com")) }
        #expect(letter.text.split(separator: "\n").contains(Substring(Samples.link)) == (content.link != nil))
        #expect(letter.html.contains("href=\"\(Samples.link)\"") == (content.link != nil))
        #expect(!letter.text.contains("\n\n\n") && letter.text.hasSuffix("\n"))
    }

    @Test("no English word is left in another language's mail", arguments: Language.allCases, Samples.contents())
    func noEnglish(language: Language, content: AccountMessage.Content) throws {
        let english: Set = [
            "the", "you", "your", "this", "hello", "password", "account", "please", "with", "button", "if", "by", "of", "address",
            "hours", "days", "valid", "sent", "because", "and", "open",
        ]
        let letter = try Self.letter(content, in: language)
        for part in [letter.subject, letter.text, Self.words(of: letter.html)] {
            let found = part.lowercased().split { !$0.isLetter }.map(String.init)
            #expect(english.intersection(found).isEmpty == (language != .english) || part == letter.subject)
        }
        guard language != .english else { return }
        #expect(try letter.subject != Self.letter(content, in: .english).subject)
    }

    @Test("a mail without a language speaks the fallback", arguments: Samples.contents())
    func fallback(content: AccountMessage.Content) throws {
        #expect(try Self.letter(content, in: nil).text == Self.letter(content, in: .english).text)
    }

    @Test(
        "a hostile name stays text on one line",
        arguments: Language.allCases,
        [
            "<script>alert(1)</script>", "\"\u{301} onmouseover=x", "{{link}}", "{validity}{portal}",
            "Eve\r\n\r\nBcc: eve\u{2028}x",
        ])
    func hostile(language: Language, name: String) throws {
        let shown = name.onOneLine
        for content in Samples.contents(name: name) {
            let letter = try Self.letter(content, in: language, portal: name)
            #expect(!letter.html.contains("<script") && !letter.html.contains("\" onmouseover"))
            #expect(!letter.html.unicodeScalars.contains("\u{301}") || letter.html.contains("&quot;\u{301}"))
            #expect(!letter.subject.contains { $0.isNewline } && letter.subject.contains(shown))
            #expect(!letter.html.split(whereSeparator: \.isNewline).contains { $0.hasPrefix("Bcc") })
            #expect(!(letter.text + letter.html).unicodeScalars.contains("\u{2028}"))
        }
        // Lines are broken where they are too long; a paragraph more would be the name's.
        for (hostile, plain) in zip(Samples.contents(name: name), Samples.contents(name: "Eve")) {
            let paragraphs = try [hostile, plain].map {
                try Self.letter($0, in: language, portal: $0 == plain ? "Acme" : name).text.split(separator: "\n\n").count
            }
            #expect(paragraphs[0] == paragraphs[1])
        }
    }

    @Test(
        "everybody is greeted as the language does",
        arguments: [
            (Language.english, "Hello Jane Doe,", "Hello,"), (.german, "Guten Tag Jane Doe,", "Guten Tag,"),
            (.spanish, "Hola, Jane Doe:", "Hola:"), (.french, "Bonjour Jane Doe,", "Bonjour,"),
            (.japanese, "Jane Doe 様", "こんにちは。"),
        ])
    func greeting(language: Language, named: String, unnamed: String) throws {
        for (name, greeting) in [("Jane Doe", named), ("Win at evil.example", unnamed)] {
            let letter = try Self.letter(.approved(name: name, logInLink: Samples.link), in: language)
            #expect(letter.text.hasPrefix("\(greeting)\n\n"))
            #expect(letter.html.contains(">\(greeting)</p>") && !letter.html.contains("evil"))
        }
    }

    @Test(
        "how long a link works goes with its number",
        arguments: [
            (Language.german, 0, "kurze Zeit"), (.german, 1, "1 Minute gültig"), (.german, 60, "60 Minuten"),
            (.german, 1440, "24 Stunden"), (.german, 7 * 1440, "7 Tage"), (.spanish, 60, "60 minutos"),
            (.spanish, 1440, "24 horas"), (.french, 1, "1\u{A0}minute et"), (.french, 1440, "24\u{A0}heures"),
            (.japanese, 1, "1分間"), (.japanese, 60, "60分間"), (.japanese, 1440, "24時間"), (.japanese, 2880, "2日間"),
        ])
    func validity(language: Language, minutes: Int, words: String) throws {
        let content = AccountMessage.Content.resetPassword(name: "Jane", link: Samples.link, validMinutes: minutes)
        let letter = try Self.letter(content, in: language)
        #expect(letter.html.contains(words))
        #expect(letter.text.replacing("\n", with: language == .japanese ? "" : " ").contains(words))
    }

    @Test("another program reads every language's subject and texts, and the language itself", arguments: Language.allCases)
    func message(language: Language) async throws {
        let mail = try Samples.rendered(portal: "開発者ポータル", language: language)
        #expect(mail.content.allSatisfy { $0 < 0x80 })
        let lines = String(decoding: mail.content, as: UTF8.self).split(separator: "\r\n", omittingEmptySubsequences: false)
        #expect(lines.allSatisfy { $0.utf8.count <= 76 })
        let read = try await ReadMessage.read(mail.content)
        let wording = try MailWording(Samples.mail(portal: "開発者ポータル", language: language).message)
        #expect(read.defects.isEmpty)
        #expect(read.field("Subject") == wording.subject)
        #expect(read.field("Content-Language") == language.tag)
        let letter = try Letter(wording)
        #expect(read.text.replacing("\r\n", with: "\n") == letter.text)
        #expect(read.html.replacing("\r\n", with: "\n") == letter.html)
    }

    /// What a reader of the HTML sees.
    private static func words(of html: String) -> String {
        let body = html.split(separator: "</style>").last ?? ""
        return body.replacing(/<[^>]*>/, with: " ").description
    }
}
