import Foundation
import Languages
import Testing

@Suite("The phrases that the console uses")
struct ConsolePhraseTests {
    private static let sources = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../Sources/ConsolePages").standardizedFileURL

    /// The names that stand in templates as `words.console.…` and in Swift as whole literals.
    private static func usedNames() throws -> Set<String> {
        let files = FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil)
        var names: Set<String> = []
        for case let file as URL in try #require(files) where ["swift", "mustache"].contains(file.pathExtension) {
            let text = try String(contentsOf: file, encoding: .utf8)
            let found =
                file.pathExtension == "swift"
                ? text.matches(of: #/"(console\.[A-Za-z.]+)"/#).map { String($0.1) }
                : text.matches(of: #/words\.(console\.[A-Za-z.]+)/#).map { String($0.1) }
            names.formUnion(found)
        }
        return names
    }

    /// The names in the phrasebook; one name for the forms that go with numbers.
    private static func kept() -> Set<String> {
        Set(
            Phrasebook.of(.english).names.filter { $0.hasPrefix("console.") }
                .map { $0.replacing(#/\.(one|other)$/#, with: "") }
                .map { $0.replacing(#/(errors\.[a-zA-Z]+)\.(title|text)$/#) { $0.output.1 } })
    }

    @Test("every phrase that a page uses is in the phrasebook, and none there is unused")
    func both() throws {
        let used = try Self.usedNames()
        let kept = Self.kept()
        #expect(used.count > 100)
        #expect(used.subtracting(kept).sorted() == [], "missing in the phrasebook")
        #expect(kept.subtracting(used).sorted() == [], "used by no page")
    }

    @Test("no template says anything by itself")
    func templates() throws {
        let files = try FileManager.default.contentsOfDirectory(
            at: Self.sources.appending(path: "Templates"), includingPropertiesForKeys: nil)
        for file in files {
            let text = try String(contentsOf: file, encoding: .utf8).replacing(#/\{\{.*?\}\}/#, with: "")
            let shown = text.replacing(#/<[^>]*>/#.dotMatchesNewlines(), with: " ")
            #expect(shown.firstMatch(of: #/[A-Za-z]{2,}/#)?.0 == nil, "\(file.lastPathComponent)")
            #expect(text.firstMatch(of: #/(placeholder|aria-label|title)="[^"]*[a-z]/#) == nil, "\(file.lastPathComponent)")
        }
    }
}
