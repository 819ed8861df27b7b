import Foundation
import Testing
import Yams

@testable import Languages

@Suite("Texts in five languages")
struct PhrasebookTests {
    static let english = Phrasebook.of(.english)

    @Test("every language has every text, with the same values in it", arguments: Language.allCases)
    func completeness(language: Language) {
        let book = Phrasebook.of(language)
        let singulars = Set(Self.english.names.filter { $0.hasSuffix(".one") })
        // A language without a form for one needs none.
        let wanted = Set(Self.english.names).subtracting(language == .japanese ? singulars : [])
        #expect(wanted.subtracting(book.names).sorted() == [], "missing in \(language.tag)")
        #expect(Set(book.names).subtracting(Self.english.names).sorted() == [], "only in \(language.tag)")
        for name in wanted where book.names.contains(name) {
            #expect(Self.places(in: book[name]) == Self.places(in: Self.english[name]), "\(name) in \(language.tag)")
            #expect(!book[name].trimmingCharacters(in: .whitespaces).isEmpty, "\(name) in \(language.tag)")
        }
    }

    @Test("every file is YAML that holds texts only, no name twice", arguments: Language.allCases)
    func files(language: Language) throws {
        for file in PhraseFiles.files(of: language) {
            let root = try #require(try Yams.compose(yaml: String(decoding: file, as: UTF8.self)))
            Self.expectTexts(root)
        }
    }

    private static func expectTexts(_ node: Node) {
        switch node {
        case .mapping(let mapping):
            let keys = mapping.keys.compactMap(\.string)
            #expect(Set(keys).count == mapping.count)
            for value in mapping.values { expectTexts(value) }
        case .scalar: break
        case .sequence, .alias: Issue.record("expected a text, found a list")
        }
    }

    private static func places(in text: String) -> Set<String> {
        Set(text.matches(of: /\{([A-Za-z]+)\}/).map { String($0.1) })
    }

    @Test("French has no-break spaces before its high signs and inside its quotation marks")
    func frenchSpaces() {
        let book = Phrasebook.of(.french)
        for name in book.names { #expect(!book[name].contains(/[ ][:;!?»]|«[ ]/), "\(name)") }
    }

    @Test("Japanese has full-width signs after its letters, and no space between a number and what it counts")
    func japaneseSigns() {
        let book = Phrasebook.of(.japanese)
        for name in book.names {
            #expect(!book[name].contains(/[ぁ-ヿ一-鿿][:;!?(),~]/), "\(name)")
            #expect(!book[name].contains(/\{count\} [件人通回個分秒]/), "\(name)")
        }
    }

    @Test("a text that tells what to choose names it as the page does", arguments: Language.allCases)
    func namesOfWays(language: Language) {
        let book = Phrasebook.of(language)
        let mails = ["registrationStatus.pending.text", "registrationStatus.approved.text", "approved.note", "invited.note"]
        for mail in mails { #expect(book["mails.\(mail)"].contains(book["portal.forgot.title"]), "\(mail)") }
        #expect(book["portal.errors.deadLinkText"].contains(book["portal.ways.forgotPassword"]))
        #expect(book["console.errors.deadLink.text"].contains(book["console.forgot.title"]))
    }

    @Test("a value that looks like a place stays a value")
    func values() {
        let book = Phrasebook(.english, texts: ["greeting": "Hello {name}, {rest}"])
        #expect(book.text("greeting", ["name": "{rest}", "rest": "x"]) == "Hello {rest}, x")
    }

    @Test("a text goes with its number")
    func plural() {
        let texts = ["apis.one": "{count} API", "apis.other": "{count} APIs"]
        #expect(Phrasebook(.english, texts: texts).text("apis", count: 1) == "1 API")
        #expect(Phrasebook(.english, texts: texts).text("apis", count: 0) == "0 APIs")
        #expect(Phrasebook(.french, texts: texts).text("apis", count: 0) == "0 API")
        #expect(Phrasebook(.japanese, texts: ["apis.other": "{count} 件"]).text("apis", count: 1) == "1 件")
        #expect(Phrasebook(.german, texts: texts).text("apis", count: 12_345) == "12.345 APIs")
    }

    @Test("days are written as each language writes them")
    func days() {
        let moment = Date(timeIntervalSince1970: 1_795_525_500)
        #expect(Phrasebook.of(.english).minute(moment) == "24 November 2026, 13:05 UTC")
        #expect(Phrasebook.of(.japanese).minute(moment) == "2026年11月24日 13:05 UTC")
        #expect(Phrasebook.of(.german).day(moment) == "24. November 2026")
        #expect(Phrasebook.of(.spanish).day(moment) == "24 de noviembre de 2026")
        #expect(Phrasebook.of(.french).day(moment) == "24 novembre 2026")
        #expect(Phrasebook.of(.japanese).day(moment) == "2026年11月24日")
    }

    @Test(
        "a browser's wish is met by the best language there is",
        arguments: [
            ("de", Language.german), ("de-AT, en;q=0.5", .german), ("pt, fr;q=0.3, ja;q=0.9", .japanese), ("*", .english),
            ("xx", nil), ("", nil), ("en;q=0, es", .spanish), ("ES-mx", .spanish), ("fr;q=2", nil), ("fr;q=a, de;q=0.1", .german),
        ])
    func wishes(field: String, language: Language?) {
        #expect(Language(preferredBy: field) == language)
    }
}
