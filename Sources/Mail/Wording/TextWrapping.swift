/// Breaks the long lines of a plain text at spaces.
enum TextWrapping {
    static let width = 76

    /// A word that is longer than a line stays whole: a link that is broken is no link.
    static func wrap(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map(wrapLine).joined(separator: "\n")
    }

    private static func wrapLine(_ line: Substring) -> String {
        guard line.count > width else { return String(line) }
        var lines: [String] = []
        var current = ""
        for word in line.split(separator: " ") {
            if current.isEmpty {
                current = String(word)
            } else if current.count + 1 + word.count <= width {
                current += " \(word)"
            } else {
                lines.append(current)
                current = String(word)
            }
        }
        return (lines + [current]).joined(separator: "\n")
    }
}
