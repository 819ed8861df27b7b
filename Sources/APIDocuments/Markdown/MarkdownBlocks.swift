import HTMLEscaping

/// Renders the blocks of a Markdown text, each line looked at once for every block that it is inside of; those are few.
struct MarkdownBlocks {
    private static let deepest = 6

    let headingLevel: Int

    func html(of source: String) -> String {
        blocks(source.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { Substring($0) }, depth: 0)
    }

    /// - Parameter isTight: whether paragraphs have no element of their own, as in a list without blank lines.
    func blocks(_ texts: [Substring], depth: Int, isTight: Bool = false) -> String {
        var lines = MarkdownLines(texts)
        var html = ""
        while let line = lines.first {
            if line.isBlank {
                lines.skip()
            } else if line.indentation >= 4 {
                html += Self.code(lines.takeIndented())
            } else if let fence = line.fence {
                html += Self.code(lines.takeFenced(fence))
            } else if let heading = line.heading {
                lines.skip()
                html += self.heading(heading.level, heading.text)
            } else if line.isRule {
                lines.skip()
                html += "<hr>\n"
            } else if line.quoted != nil, depth < Self.deepest {
                html += "<blockquote>\n\(blocks(lines.takeQuoted(), depth: depth + 1))</blockquote>\n"
            } else if let marker = line.marker, depth < Self.deepest {
                html += list(lines.takeItems(marker), marker, depth: depth + 1)
            } else if let table = MarkdownTable(&lines) {
                html += table.html
            } else {
                html += paragraph(&lines, isTight: isTight)
            }
        }
        return html
    }

    // MARK: Blocks

    private func paragraph(_ lines: inout MarkdownLines, isTight: Bool) -> String {
        var texts: [Substring] = []
        while let line = lines.first {
            if !texts.isEmpty, let level = line.underlinedLevel {
                lines.skip()
                return heading(level, Substring(texts.joined(separator: "\n")))
            }
            guard texts.isEmpty || !line.interruptsParagraph else { break }
            // Spaces at a line's end are a line break, which the renderer of the text wants to see.
            texts.append(line.text[line.content.startIndex...])
            lines.skip()
        }
        let inlines = MarkdownInlines.html(of: MarkdownLine(Substring(texts.joined(separator: "\n"))).content)
        return isTight ? "\(inlines)\n" : "<p>\(inlines)</p>\n"
    }

    private func heading(_ level: Int, _ text: Substring) -> String {
        let level = min(6, max(1, headingLevel) + level - 1)
        return "<h\(level)>\(MarkdownInlines.html(of: text))</h\(level)>\n"
    }

    private func list(_ list: MarkdownLines.List, _ marker: MarkdownLine.Marker, depth: Int) -> String {
        let items = list.items.map { "<li>\(blocks($0, depth: depth, isTight: !list.isLoose))</li>\n" }.joined()
        guard marker.isOrdered else { return "<ul>\n\(items)</ul>\n" }
        return marker.number == 1 ? "<ol>\n\(items)</ol>\n" : "<ol start=\"\(marker.number)\">\n\(items)</ol>\n"
    }

    private static func code(_ lines: [Substring]) -> String {
        "<pre><code>\(EscapedHTML().escapeText(lines.joined(separator: "\n")))\n</code></pre>\n"
    }
}
