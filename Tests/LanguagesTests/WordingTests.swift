import Foundation
import Testing

@testable import Languages

@Suite("Sentences of the program in other languages")
struct WordingTests {
    @Test("a wording is said in English, or as the language has its pattern, with its values in their places")
    func said() {
        let kind: Wording = "a list"
        let wording: Wording = "expected at most \(5_000) bytes, found \(kind) and \("{a}")"
        #expect(wording.pattern == "expected at most {a} bytes, found {b} and {c}")
        #expect("\(wording)" == "expected at most 5000 bytes, found a list and {a}")
        let book = Phrasebook(
            .german, texts: ["wordings.\(wording.pattern)": "{b} {c} statt {a} Bytes", "wordings.a list": "eine Liste"])
        #expect(book.text(wording) == "eine Liste {a} statt 5.000 Bytes")
        #expect(book.translation(of: "something else") == nil)
        #expect(book.text("something else" as Wording) == "something else")
    }

    @Test("English says each pattern as it is")
    func english() {
        let book = Phrasebook.of(.english)
        for name in book.names where name.hasPrefix("wordings.") { #expect("wordings.\(book[name])" == name) }
    }

    @Test("every reason for which a field or a document is refused has its words, and none is there for nothing")
    func complete() throws {
        let kept = Set(
            Phrasebook.of(.english).names.filter { $0.hasPrefix("wordings.") }.map { String($0.dropFirst("wordings.".count)) })
        var (needed, written): (Set<String>, Set<String>) = ([], [])
        for target in ["APIDocuments", "Accounts", "ConsolePages"] {
            for literal in try SourceLiteral.all(in: target) {
                written.insert(literal.pattern)
                if literal.isReason { needed.insert(literal.pattern) }
            }
        }
        #expect(needed.count > 60)
        #expect(needed.subtracting(kept).sorted() == [], "without words")
        #expect(kept.subtracting(written).subtracting(Self.wordsOfParser).sorted() == [], "said by nobody")
    }

    /// What libyaml says most often; the rest of it stays as it is.
    private static let wordsOfParser: Set<String> = [
        "mapping values are not allowed in this context", "did not find expected key", "could not find expected ':'",
        "did not find expected '-' indicator", "did not find expected ',' or ']'", "did not find expected ',' or '}'",
        "found character that cannot start any token", "found unexpected end of stream",
        "block sequence entries are not allowed in this context", "control characters are not allowed",
    ]
}
