/// Breaks the long lines of a plain text: at spaces, and between the characters of a script that has none.
enum TextWrapping {
    /// In columns; a character of East Asian width takes two.
    static let width = 76

    /// A word that is longer than a line stays whole: a link that is broken is no link.
    static func wrap(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map(wrapLine).joined(separator: "\n")
    }

    private static func wrapLine(_ line: Substring) -> String {
        guard line.columns > width else { return String(line) }
        var lines: [String] = []
        var (current, columns) = ("", 0)
        for word in line.split(separator: " ") {
            for (index, piece) in pieces(of: word).enumerated() {
                let gap = index > 0 || current.isEmpty ? "" : " "
                if !current.isEmpty, columns + gap.count + piece.columns > width {
                    lines.append(current)
                    (current, columns) = (String(piece), piece.columns)
                } else {
                    current += gap + piece
                    columns += gap.count + piece.columns
                }
            }
        }
        return (lines + [current]).joined(separator: "\n")
    }

    /// The parts of a word between which a line may end.
    private static func pieces(of word: Substring) -> [Substring] {
        guard !word.contains("://") else { return [word] }
        var pieces: [Substring] = []
        var start = word.startIndex
        var previous: Character?
        for index in word.indices {
            if let previous, previous.mayBeParted(from: word[index]) {
                pieces.append(word[start..<index])
                start = index
            }
            previous = word[index]
        }
        return pieces + [word[start...]]
    }
}

extension Substring {
    fileprivate var columns: Int { reduce(0) { $0 + ($1.isWide ? 2 : 1) } }
}

extension Character {
    /// What may not start a line in Japanese (JIS X 4051), and what ends a phrase in any script.
    private static let closing = Set("、。，．・：；？！゛゜ヽヾゝゞ々ー’”）〕］｝〉》」』】〟ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ,.:;?!)]}»%")
    /// What may not end a line.
    private static let opening = Set("‘“（〔［｛〈《「『【〝([{«")

    fileprivate func mayBeParted(from next: Character) -> Bool {
        (isWide || next.isWide) && !Self.opening.contains(self) && !Self.closing.contains(next)
    }

    /// Whether it takes two columns (Unicode Standard Annex 11, wide and full-width).
    fileprivate var isWide: Bool {
        switch unicodeScalars.first?.value ?? 0 {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF,
            0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1F9FF,
            0x20000...0x3FFFD:
            true
        default: false
        }
    }
}
