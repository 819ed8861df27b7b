/// Where a link of Markdown leads.
struct MarkdownLink {
    private static let longestTitle = 500

    /// What may stand in `href` once it is escaped; nil for every scheme but `http`, `https`, `mailto`, and for other pages' paths.
    let target: String?
    /// As it was written.
    let written: String
    /// Where the text goes on.
    let end: Int

    /// Nil where no destination in parentheses begins here.
    ///
    /// - Parameter start: the position of the opening parenthesis.
    init?(_ bytes: [UInt8], at start: Int, before limit: Int) {
        var position = start + 1
        Self.skipSpace(bytes, &position, limit)
        let destination = Self.destination(bytes, &position, limit)
        Self.skipSpace(bytes, &position, limit)
        guard let destination, Self.skipTitle(bytes, &position, limit) else { return nil }
        Self.skipSpace(bytes, &position, limit)
        guard position < limit, bytes[position] == UInt8(ascii: ")") else { return nil }
        written = String(decoding: bytes[destination], as: UTF8.self)
        target = Self.target(written)
        end = position + 1
    }

    /// The target of a text that is to be a link; nil where it may be none.
    static func target(_ text: String) -> String? {
        let address = text.replacing("&amp;", with: "&")
        if let address = WebAddress(address) { return address.description }
        guard address.utf8.count <= WebAddress.longest, address.unicodeScalars.allSatisfy(WebAddress.isAllowed) else {
            return nil
        }
        return address.hasPrefix("#") || address.prefix(7).lowercased() == "mailto:" ? address : nil
    }

    private static func destination(_ bytes: [UInt8], _ position: inout Int, _ limit: Int) -> Range<Int>? {
        guard position < limit else { return nil }
        let most = min(limit, position + WebAddress.longest)
        if bytes[position] == UInt8(ascii: "<") {
            let start = position + 1
            guard start < most, let end = bytes[start..<most].firstIndex(of: UInt8(ascii: ">")) else { return nil }
            position = end + 1
            return start..<end
        }
        let start = position
        var depth = 0
        while position < most, bytes[position] > 0x20 {
            if bytes[position] == UInt8(ascii: "(") { depth += 1 }
            if bytes[position] == UInt8(ascii: ")") {
                if depth == 0 { break }
                depth -= 1
            }
            position += 1
        }
        return start..<position
    }

    /// False where a title begins and does not end.
    private static func skipTitle(_ bytes: [UInt8], _ position: inout Int, _ limit: Int) -> Bool {
        guard position < limit else { return true }
        let quote = bytes[position]
        guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else { return true }
        let most = min(limit, position + longestTitle)
        guard let end = bytes[(position + 1)..<max(position + 1, most)].firstIndex(of: quote) else { return false }
        position = end + 1
        return true
    }

    private static func skipSpace(_ bytes: [UInt8], _ position: inout Int, _ limit: Int) {
        // A destination and its title may stand on two lines, but not far from each other.
        let most = min(limit, position + 200)
        while position < most, bytes[position] == 0x20 || bytes[position] == 0x0A || bytes[position] == 0x09 { position += 1 }
    }
}
