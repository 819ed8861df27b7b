import Foundation
import Testing

@Suite("What docs/residency.md promises to show")
struct ResidencyDocumentTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// A row of the document's table of controls.
    private struct Row {
        let number: Int
        /// The suites that its last column names.
        let suites: [String]
        /// Whether it says instead that there is none yet.
        let isOpen: Bool
    }

    private func rows() throws -> [Row] {
        let text = try String(contentsOf: Self.root.appending(path: "docs/residency.md"), encoding: .utf8)
        return text.split(separator: "\n").compactMap { line in
            let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            guard line.hasPrefix("|"), let number = cells.first.flatMap({ Int($0) }), let last = cells.last else { return nil }
            return Row(
                number: number, suites: last.matches(of: #/`(\w+Tests)`/#).map { String($0.1) },
                isOpen: last.hasPrefix("**open**"))
        }
    }

    /// Each suite of the tests: the name of its type, and the name that a run of the tests shows.
    private func suites() throws -> [String: String] {
        let folder = Self.root.appending(path: "Tests")
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)?.compactMap { $0 as? URL } ?? []
        var found: [String: String] = [:]
        for file in files where file.pathExtension == "swift" {
            let text = try String(contentsOf: file, encoding: .utf8)
            for match in text.matches(of: #/@Suite\(\s*"([^"]*)"[^{]*?\)\s+(?:struct|final class) (\w+)/#) {
                found[String(match.2)] = String(match.1)
            }
        }
        return found
    }

    @Test("has each of the fifteen rows once, in order")
    func complete() throws {
        #expect(try rows().map(\.number) == Array(1...15))
    }

    @Test("names suites that exist, and that name their row")
    func exist() throws {
        let suites = try suites()
        for row in try rows() {
            #expect(row.suites.isEmpty == row.isOpen, "row \(row.number) names no suite, or is open in spite of one")
            for suite in row.suites {
                let name = try #require(suites[suite], "row \(row.number) names \(suite), which is no suite")
                #expect(name.hasPrefix("residency row \(row.number): "), "\(suite) is called \"\(name)\"")
            }
        }
    }

    @Test("leaves out no suite that is named after a row")
    func leavesNoneOut() throws {
        let named = Dictionary(uniqueKeysWithValues: try rows().map { ($0.number, Set($0.suites)) })
        for (suite, name) in try suites() {
            guard let match = name.firstMatch(of: #/^residency row (\d+): /#), let number = Int(match.1) else { continue }
            #expect(named[number]?.contains(suite) == true, "\(suite) is missing in row \(number)")
        }
    }
}
