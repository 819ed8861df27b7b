import Foundation

/// A file of the corpus: cases of one class. `README.md` beside the files tells their form.
struct CorpusFile {
    /// A case as it stands in the file, before its values are put in.
    private struct Draft {
        var line: Int
        var name: Substring
        var source: Substring
        var each: [String] = []
        var sent: [(line: Int, text: Substring)] = []
        var expected: [(line: Int, text: Substring)] = []
    }

    let name: String
    private var source: Substring = ""
    private var drafts: [Draft] = []

    init(_ text: String, named name: String) throws(CorpusError) {
        self.name = name
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            try read(line, number: index + 1)
        }
    }

    private mutating func read(_ line: Substring, number: Int) throws(CorpusError) {
        if line.isEmpty || line.hasPrefix("#") { return }
        let content = line.dropFirst(2)
        switch line.prefix(2) {
        case "% ": source = content
        case "* ": drafts.append(Draft(line: number, name: content, source: source))
        default:
            guard let last = drafts.indices.last else { throw error(number, "the file begins with no case") }
            switch line.prefix(2) {
            case "@ ": drafts[last].each = try values(content, line: number)
            case "> ", ">": drafts[last].sent.append((number, content + "\\r\\n"))
            case "+ ": drafts[last].sent.append((number, content))
            case "= ": drafts[last].expected.append((number, content))
            default: throw error(number, "a line begins with %, *, @, >, + or = and a blank")
            }
        }
    }

    /// Values between blanks; `\x00..\x1f` stands for each byte of a range.
    private func values(_ text: Substring, line: Int) throws(CorpusError) -> [String] {
        var values: [String] = []
        for word in text.split(separator: " ") {
            guard word.hasPrefix("\\x"), word.contains("..\\x") else {
                values.append(String(word))
                continue
            }
            let ends = word.split(separator: ".").map { UInt8($0.dropFirst(2), radix: 16) }
            guard ends.count == 2, let first = ends[0], let last = ends[1], first <= last else {
                throw error(line, "a range is \\xNN..\\xNN")
            }
            values += (first...last).map { "\\x" + ($0 < 16 ? "0" : "") + String($0, radix: 16) }
        }
        return values
    }

    // MARK: Cases

    func cases(_ values: [String: String]) throws(CorpusError) -> [CorpusCase] {
        var cases: [CorpusCase] = []
        for draft in drafts {
            if draft.each.isEmpty { cases.append(try finished(draft, name: String(draft.name), values)) }
            for each in draft.each {
                let named = values.merging(["each": each]) { $1 }
                cases.append(try finished(draft, name: "\(draft.name) [\(each)]", named))
            }
        }
        return cases
    }

    private func finished(_ draft: Draft, name: String, _ values: [String: String]) throws(CorpusError) -> CorpusCase {
        let text = CorpusText(values)
        var bytes: [UInt8] = []
        for piece in draft.sent { bytes += try text.bytes(piece.text, file: self.name, line: piece.line) }
        guard !bytes.isEmpty else { throw error(draft.line, "a case sends something") }
        var outcomes: [CorpusCase.Outcome] = []
        var (mayBegin, closes) = (false, false)
        for (line, expected) in draft.expected {
            switch expected {
            case "begins": mayBegin = true
            case "closes": closes = true
            case "waits": break
            default: outcomes.append(try outcome(expected, line: line, text))
            }
        }
        guard !draft.expected.isEmpty else { throw error(draft.line, "a case expects something") }
        return CorpusCase(
            file: self.name, name: name, source: String(draft.source), bytes: bytes, outcomes: outcomes, mayBegin: mayBegin,
            closes: closes)
    }

    /// `400`, `421 open`, or `METHOD TARGET GEO BODY`.
    private func outcome(_ expected: Substring, line: Int, _ text: CorpusText) throws(CorpusError) -> CorpusCase.Outcome {
        let words = expected.split(separator: " ", maxSplits: 3)
        if let status = Int(words[0]) { return .refused(status: status, isOpen: words.count > 1 && words[1] == "open") }
        guard words.count >= 3 else { throw error(line, "a request that passes is METHOD TARGET GEO BODY") }
        let target = try text.bytes(words[1], file: name, line: line)
        return .passed(
            method: String(decoding: try text.bytes(words[0], file: name, line: line), as: UTF8.self),
            target: String(decoding: target, as: UTF8.self), geo: String(words[2]),
            body: words.count > 3 ? try text.bytes(words[3], file: name, line: line) : [])
    }

    private func error(_ line: Int, _ reason: String) -> CorpusError { CorpusError(file: name, line: line, reason: reason) }
}
