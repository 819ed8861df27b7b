/// One thing that is wrong with a document: where, what was expected, and what was found.
public struct DocumentProblem: Equatable, Hashable, Sendable, CustomStringConvertible {
    /// A JSON pointer (RFC 6901), as in `/paths/~1pets/get`; empty for the whole document.
    public let pointer: String
    public let line: Int?
    public let column: Int?
    /// One sentence without control characters; what it quotes of the document is short.
    public let reason: String

    private static let longestPointer = 2_000

    init(_ reason: String, at pointer: JSONPointer, place: TextPlace?) {
        self.pointer = PlainText.line(pointer.description, bytes: Self.longestPointer)
        self.line = place?.line
        self.column = place?.column
        self.reason = reason
    }

    /// As in `line 12, column 7, /info/title: expected a text, found a list`.
    public var description: String {
        var places: [String] = []
        if let line, let column { places.append(TextPlace(line: line, column: column).description) }
        if !pointer.isEmpty { places.append(pointer) }
        return places.isEmpty ? reason : "\(places.joined(separator: ", ")): \(reason)"
    }
}
