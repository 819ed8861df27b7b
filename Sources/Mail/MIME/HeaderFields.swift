/// The header of a message, written field by field (RFC 5322, section 2.2).
///
/// No value can end its line: line breaks and control characters become spaces.
struct HeaderFields {
    /// Lines of at most 76 characters where they can be folded, each ended by CRLF.
    private(set) var text = ""

    private static let lineLimit = 76

    /// A field whose value is written as it is; the one line break that it may hold is a fold, CRLF and a space.
    mutating func add(_ name: String, _ value: String) {
        let lines = value.components(foldedBy: "\r\n ").map(\.onOneLine)
        text += "\(name): \(lines.joined(separator: "\r\n "))\r\n"
    }

    /// A field of free text: as it is where it is short ASCII, otherwise in encoded words (RFC 2047).
    mutating func add(_ name: String, text value: String) {
        let line = value.onOneLine
        let fits = name.count + 2 + line.count <= Self.lineLimit
        add(name, fits && EncodedWords.mayStandBare(line) ? line : EncodedWords.encode(line))
    }

    /// A field with one mailbox (RFC 5322, section 3.4).
    mutating func add(_ name: String, mailbox: Mailbox) {
        let address = "<\(mailbox.address.value)>"
        guard let displayName = mailbox.displayName?.onOneLine, !displayName.isEmpty else {
            return add(name, mailbox.address.value)
        }
        let quoted = "\"\(displayName.escapedForQuotes)\""
        let fits = name.count + 2 + quoted.count <= Self.lineLimit
        let phrase = fits && EncodedWords.mayStandBare(displayName) ? quoted : EncodedWords.encode(displayName)
        let isShort = name.count + 2 + phrase.count + 1 + address.count <= Self.lineLimit
        add(name, phrase + (isShort ? " " : "\r\n ") + address)
    }
}

extension String {
    fileprivate var escapedForQuotes: String {
        String(flatMap { $0 == "\"" || $0 == "\\" ? ["\\", $0] : [$0] })
    }

    fileprivate func components(foldedBy fold: String) -> [String] {
        split(separator: fold, omittingEmptySubsequences: true).map(String.init)
    }
}
