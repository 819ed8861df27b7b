/// The lines that are still to be rendered, and how many of them one block takes.
struct MarkdownLines {
    /// The lines of each item, without its marker.
    struct List {
        var items: [[Substring]] = []
        /// Whether blank lines stand between items or between their parts.
        var isLoose = false
    }

    private let lines: [MarkdownLine]
    private var position = 0

    init(_ texts: [Substring]) { lines = texts.map { MarkdownLine($0) } }

    var first: MarkdownLine? { position < lines.count ? lines[position] : nil }
    var second: MarkdownLine? { position + 1 < lines.count ? lines[position + 1] : nil }

    mutating func skip() { position += 1 }

    // MARK: Code

    mutating func takeIndented() -> [Substring] {
        var taken: [Substring] = []
        while let line = first, line.isBlank || line.indentation >= 4 {
            taken.append(line.dedented(by: 4))
            skip()
        }
        while taken.last.map({ MarkdownLine($0).isBlank }) == true { taken.removeLast() }
        return taken
    }

    /// Up to the fence that closes it, or to the end.
    mutating func takeFenced(_ fence: MarkdownLine.Fence) -> [Substring] {
        skip()
        var taken: [Substring] = []
        while let line = first {
            skip()
            if line.closes(fence) { break }
            taken.append(line.dedented(by: fence.indentation))
        }
        return taken
    }

    // MARK: Containers

    mutating func takeQuoted() -> [Substring] {
        var taken: [Substring] = []
        while let line = first {
            if let quoted = line.quoted {
                taken.append(quoted)
            } else if let last = taken.last, !MarkdownLine(last).isBlank, !line.interruptsParagraph {
                taken.append(line.text)
            } else {
                break
            }
            skip()
        }
        return taken
    }

    mutating func takeItems(_ marker: MarkdownLine.Marker) -> List {
        var list = List()
        while let line = first, let next = line.marker, next.sign == marker.sign, next.isOrdered == marker.isOrdered {
            let item = takeItem(next)
            list.items.append(item.lines)
            let goesOn = first?.marker.map { $0.sign == marker.sign && $0.isOrdered == marker.isOrdered } ?? false
            if item.hasGap || (item.endsBlank && goesOn) { list.isLoose = true }
        }
        return list
    }

    private mutating func takeItem(_ marker: MarkdownLine.Marker) -> (lines: [Substring], hasGap: Bool, endsBlank: Bool) {
        guard let start = first else { return ([], false, false) }
        let afterMarker = start.text[start.content.startIndex...].dropFirst(marker.width)
        let spaces = MarkdownLine(afterMarker).indentation
        let padding = (1...4).contains(spaces) ? spaces : 1
        let width = start.indentation + marker.width + padding
        var taken = [MarkdownLine(afterMarker).dedented(by: padding)]
        var hasGap = false
        var blanks = 0
        skip()
        while let line = first {
            if line.isBlank {
                blanks += 1
            } else if line.indentation >= width || (blanks == 0 && !line.interruptsParagraph && line.marker == nil) {
                hasGap = hasGap || blanks > 0
                taken += Array(repeating: "", count: blanks) + [line.dedented(by: width)]
                blanks = 0
            } else {
                break
            }
            skip()
        }
        return (taken, hasGap, blanks > 0)
    }
}
