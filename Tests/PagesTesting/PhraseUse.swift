import Foundation
import Languages
import WebPages

/// The phrases that some pages use, and those that are kept for them.
package struct PhraseUse {
    /// What the names of the phrases begin with: `console`.
    private let root: String
    /// The folders of the sources that may use them.
    private let folders: [URL]
    /// Where the words for ``ErrorPhrase`` are, which no source names one by one.
    private let errors: String?

    /// - Parameters:
    ///   - root: what the names of the phrases begin with.
    ///   - targets: whose sources may use them.
    ///   - errors: where the words for ``ErrorPhrase`` are: `console.errors`; nil for no such words.
    package init(of root: String, in targets: [String], errors: String? = nil) {
        self.root = root
        self.errors = errors
        let sources = URL(filePath: #filePath).appending(path: "../../../Sources").standardizedFileURL
        folders = targets.map { sources.appending(path: $0) }
    }

    /// The names that stand in templates as `words.console.…` and in Swift as whole literals.
    package func used() throws -> Set<String> {
        var names = Set(errors.map { place in ErrorPhrase.allCases.map { "\(place).\($0.rawValue)" } } ?? [])
        for file in try files(["swift", "mustache"]) {
            let text = try String(contentsOf: file, encoding: .utf8)
            let pattern = file.pathExtension == "swift" ? "\"(\(root)\\.[A-Za-z.]+)\"" : "words\\.(\(root)\\.[A-Za-z.]+)"
            names.formUnion(text.matches(of: try Regex(pattern, as: (Substring, Substring).self)).map { String($0.1) })
        }
        // The place of the words itself is no phrase.
        return Set(names.map(Self.withoutPart)).subtracting([errors].compactMap(\.self))
    }

    /// The names in the phrasebook; one name for the forms that go with numbers, and for title and text of an error.
    package func kept() -> Set<String> {
        Set(
            Phrasebook.of(.english).names.filter { $0.hasPrefix("\(root).") }
                .map { $0.replacing(#/\.(one|other)$/#, with: "") }.map(Self.withoutPart))
    }

    private static func withoutPart(_ name: String) -> String {
        name.replacing(#/(errors\.[a-zA-Z]+)\.(title|text)$/#) { $0.output.1 }
    }

    /// What templates say by themselves instead of by a phrase: the file, and the words.
    package func wordsInTemplates() throws -> [String] {
        try files(["mustache"]).flatMap { file in
            let text = try String(contentsOf: file, encoding: .utf8).replacing(#/\{\{.*?\}\}/#, with: "")
            let shown = text.replacing(#/<[^>]*>/#.dotMatchesNewlines(), with: " ")
            let words = shown.matches(of: #/[A-Za-z]{2,}/#).map { String($0.0) }
            let attributes = text.matches(of: #/(placeholder|aria-label|title)="[^"]*[a-z]/#).map { String($0.0) }
            return (words + attributes).map { "\(file.lastPathComponent): \($0)" }
        }
    }

    private func files(_ kinds: [String]) throws -> [URL] {
        try folders.flatMap { folder in
            guard let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil) else {
                throw CocoaError(.fileNoSuchFile)
            }
            return files.compactMap { $0 as? URL }.filter { kinds.contains($0.pathExtension) }
        }
    }
}
