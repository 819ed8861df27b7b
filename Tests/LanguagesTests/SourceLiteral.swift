import Foundation

/// A string in the sources, as the pattern that it has as a wording.
struct SourceLiteral {
    let pattern: String
    /// Whether it tells why a field or a document is refused.
    let isReason: Bool

    /// All strings of one line, and those of several lines, in the sources of a target.
    static func all(in target: String) throws -> [SourceLiteral] {
        let folder = URL(filePath: #filePath).appending(path: "../../../Sources/\(target)").standardizedFileURL
        guard let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil) else {
            throw CocoaError(.fileNoSuchFile)
        }
        return try files.compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }.flatMap { file in
            let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n", omittingEmptySubsequences: false)
            let code = lines.filter { !$0.drop { $0 == " " }.hasPrefix("//") }.joined(separator: "\n")
            // The quotation marks in two regular expressions are no beginnings of strings.
            return literals(in: Array(code.replacing("[\"'", with: "[").replacing("\\s\"'", with: "\\s")))
        }
    }

    private static func literals(in code: [Character]) -> [SourceLiteral] {
        var literals: [SourceLiteral] = []
        var index = 0
        while index < code.count {
            guard code[index] == "\"" else {
                index += 1
                continue
            }
            let before = String(code[max(0, index - 160)..<index])
            let isLong = code[index...].starts(with: "\"\"\"")
            index += isLong ? 3 : 1
            let pattern = read(code, from: &index, isLong: isLong)
            literals.append(SourceLiteral(pattern: pattern, isReason: isReason(pattern, after: before)))
        }
        return literals
    }

    /// Reads to the end of a string; what is interpolated becomes `{a}`, `{b}`.
    private static func read(_ code: [Character], from index: inout Int, isLong: Bool) -> String {
        var (pattern, places) = ("", 0)
        while index < code.count {
            if code[index] == "\"", !isLong || code[index...].starts(with: "\"\"\"") {
                index += isLong ? 3 : 1
                break
            }
            guard code[index] == "\\", index + 1 < code.count else {
                pattern.append(code[index])
                index += 1
                continue
            }
            if code[index + 1] == "(" {
                skipInterpolation(in: code, from: &index)
                pattern += "{\(Character(UnicodeScalar(UInt8(ascii: "a") + UInt8(min(places, 25)))))}"
                places += 1
            } else {
                if code[index + 1] != "\n" { pattern.append(code[index + 1]) }
                index += 2
            }
        }
        guard isLong else { return pattern }
        return pattern.split(separator: "\n").map { String($0.drop { $0 == " " }) }.joined()
            .replacing(#/ {2,}/#, with: " ")
    }

    private static func skipInterpolation(in code: [Character], from index: inout Int) {
        var depth = 0
        index += 1
        repeat {
            if code[index] == "(" { depth += 1 }
            if code[index] == ")" { depth -= 1 }
            index += 1
        } while depth > 0 && index < code.count
    }

    private static func isReason(_ pattern: String, after before: String) -> Bool {
        let starts = [
            "expected ", "this is not ", "there is n", "the key stands", "the name stands", "the alias ", "has the variable ",
        ]
        if starts.contains(where: pattern.hasPrefix) { return true }
        let calls = ["expecting: ", "expected(", "unexpected(", "expectation: Wording = "]
        if calls.contains(where: before.hasSuffix) { return true }
        var (nearest, place) = ("", -1)
        for word in ["invalid(", "reason:", "case ", "cause:"] where position(of: word, in: before) > place {
            (nearest, place) = (word, position(of: word, in: before))
        }
        return nearest == "invalid(" && ["must ", "has ", "is not ", "says "].contains(where: pattern.hasPrefix)
    }

    private static func position(of word: String, in text: String) -> Int {
        text.range(of: word, options: .backwards).map { text.distance(from: text.startIndex, to: $0.lowerBound) } ?? -1
    }
}
