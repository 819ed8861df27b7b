/// A table of GitHub's Markdown: a row of names, a row of dashes, and rows as long as there are some.
struct MarkdownTable {
    private static let mostColumns = 40

    private let rows: [[Substring]]

    /// Nil, and no line taken, where no table begins.
    init?(_ lines: inout MarkdownLines) {
        guard let first = lines.first, let second = lines.second, first.content.utf8.contains(UInt8(ascii: "|")) else {
            return nil
        }
        let dashes = Self.cells(second.content)
        guard dashes.allSatisfy(Self.isDashes), second.content.utf8.contains(UInt8(ascii: "|")) || dashes.count == 1 else {
            return nil
        }
        let names = Self.cells(first.content)
        guard names.count == dashes.count, names.count <= Self.mostColumns else { return nil }
        var rows = [names]
        lines.skip()
        lines.skip()
        while let line = lines.first, line.content.utf8.contains(UInt8(ascii: "|")), line.fence == nil {
            rows.append(Array(Self.cells(line.content).prefix(names.count)))
            lines.skip()
        }
        self.rows = rows
    }

    var html: String {
        let head = row(rows[0], "th")
        let body = rows.dropFirst().map { row($0, "td") }.joined()
        return "<table>\n<thead>\n\(head)</thead>\n" + (body.isEmpty ? "" : "<tbody>\n\(body)</tbody>\n") + "</table>\n"
    }

    private func row(_ cells: [Substring], _ element: String) -> String {
        "<tr>" + cells.map { "<\(element)>\(MarkdownInlines.html(of: $0))</\(element)>" }.joined() + "</tr>\n"
    }

    private static func isDashes(_ cell: Substring) -> Bool {
        var rest = cell.utf8[...]
        if rest.first == UInt8(ascii: ":") { rest = rest.dropFirst() }
        if rest.last == UInt8(ascii: ":") { rest = rest.dropLast() }
        return !rest.isEmpty && rest.allSatisfy { $0 == UInt8(ascii: "-") }
    }

    /// Between pipes that no backslash stands before.
    private static func cells(_ content: Substring) -> [Substring] {
        var cells: [Substring] = []
        var start = content.utf8.startIndex
        var isEscaped = false
        for index in content.utf8.indices {
            if content.utf8[index] == UInt8(ascii: "|"), !isEscaped {
                cells.append(content[start..<index])
                start = content.utf8.index(after: index)
            }
            isEscaped = content.utf8[index] == UInt8(ascii: "\\") && !isEscaped
        }
        cells.append(content[start...])
        if cells.count > 1, cells.first.map({ MarkdownLine($0).isBlank }) == true { cells.removeFirst() }
        if cells.count > 1, cells.last.map({ MarkdownLine($0).isBlank }) == true { cells.removeLast() }
        return cells.map { MarkdownLine($0).content }
    }
}
