import Accounts
import Languages
import Testing

@testable import Mail

@Suite("The lines of a plain text")
struct TextWrappingTests {
    @Test("a line of 76 columns stays, one of 77 is broken")
    func edge() {
        let fits = String(repeating: "a", count: 70) + " bcdef"
        #expect(TextWrapping.wrap(fits) == fits)
        #expect(TextWrapping.wrap(fits + "g") == String(repeating: "a", count: 70) + "\nbcdefg")
        let wide = String(repeating: "字", count: 38)
        #expect(TextWrapping.wrap(wide) == wide)
        #expect(TextWrapping.wrap(wide + "字") == wide + "\n字")
    }

    @Test("text without spaces is broken between characters, and loses none")
    func withoutSpaces() {
        for text in [
            String(repeating: "日本語の長い文章です。", count: 20), String(repeating: "한국어", count: 60), String(repeating: "ｶﾞ字", count: 60),
        ] {
            let lines = TextWrapping.wrap(text).split(separator: "\n")
            #expect(lines.allSatisfy { Self.columns($0) <= 80 } && lines.count > 1)
            #expect(lines.joined() == text)
        }
    }

    @Test("no line starts with what ends a phrase, or ends with what starts one", arguments: 1...40)
    func marks(length: Int) {
        let text = String(repeating: "字", count: length) + String(repeating: "「あっ、（ー）」。", count: 12)
        let lines = TextWrapping.wrap(text).split(separator: "\n")
        for line in lines.dropFirst() { #expect(!"っ、ー）」。".contains(line.first ?? "。")) }
        for line in lines.dropLast() { #expect(!"「（".contains(line.last ?? "「")) }
        #expect(lines.joined() == text)
    }

    @Test("a link stays whole among any script")
    func links() {
        let link = "https://acme.example/" + String(repeating: "x", count: 90)
        let text = String(repeating: "日本語", count: 20) + " \(link) " + String(repeating: "日本語", count: 20)
        #expect(TextWrapping.wrap(text).split(separator: "\n").contains(Substring(link)))
        let wide = "https://acme.example/" + String(repeating: "字", count: 60)
        #expect(TextWrapping.wrap(wide) == wide)
    }

    @Test("a Latin word among wide characters stays whole")
    func words() {
        let word = "Wort-mit-Strichen"
        let lines = TextWrapping.wrap(String(repeating: "字", count: 34) + word + "字字字").split(separator: "\n")
        #expect(lines.contains { $0.contains(word) })
    }

    @Test("every mail keeps to the width in every language", arguments: Language.allCases, Samples.contents())
    func mails(language: Language, content: AccountMessage.Content) throws {
        let letter = try Letter(MailWording(Samples.mail(content, portal: "開発者ポータル", language: language).message))
        // What may not start a line hangs over by one character.
        for line in letter.text.split(separator: "\n") where line != Samples.link { #expect(Self.columns(line) <= 76) }
    }

    private static func columns(_ line: Substring) -> Int {
        line.reduce(0) { $0 + (($1.unicodeScalars.first?.value ?? 0) >= 0x1100 && !"’“”„…–«»｡ｶﾞ".contains($1) ? 2 : 1) }
    }
}
