/// A server's answer: its code and its lines (RFC 5321, section 4.2).
struct SMTPReply: Equatable, Sendable {
    let code: Int
    /// The text of each line after its code. May repeat addresses: never to be logged.
    let lines: [String]

    var isPositive: Bool { (200..<300).contains(code) }
    var isPermanent: Bool { (500..<600).contains(code) }

    /// The code of RFC 3463, such as `5.1.1`, where the first line starts with one.
    var enhancedCode: String? {
        guard let word = lines.first?.split(separator: " ").first else { return nil }
        let numbers = word.split(separator: ".", omittingEmptySubsequences: false)
        let isCode = numbers.count == 3 && numbers.allSatisfy { (1...3).contains($0.count) && $0.allSatisfy(\.isASCIIDigit) }
        return isCode && ["2", "4", "5"].contains(numbers[0]) ? String(word) : nil
    }

    /// Both codes, which name nobody: `550 5.1.1`.
    var codes: String { enhancedCode.map { "\(code) \($0)" } ?? "\(code)" }
}

extension Character {
    fileprivate var isASCIIDigit: Bool { ("0"..."9").contains(self) }
}
