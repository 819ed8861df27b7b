import Languages

/// One thing that is wrong with a document: where, what was expected, and what was found.
public struct DocumentProblem: Equatable, Hashable, Sendable, CustomStringConvertible {
    /// A JSON pointer (RFC 6901), as in `/paths/~1pets/get`; empty for the whole document.
    public let pointer: String
    public let line: Int?
    public let column: Int?
    /// One sentence without control characters; what it quotes of the document is short.
    public var reason: String { reasonWording.description }
    private let reasonWording: Wording

    private static let longestPointer = 2_000

    init(_ reason: Wording, at pointer: JSONPointer, place: TextPlace?) {
        self.pointer = PlainText.line(pointer.description, bytes: Self.longestPointer)
        self.line = place?.line
        self.column = place?.column
        reasonWording = reason
    }

    /// Place and reason, as in `line 12, column 7, /info/title: expected a text, found a list`, for those who say it in another language.
    public var wording: Wording {
        var place: Wording?
        if let line, let column { place = TextPlace(line: line, column: column).wording }
        if !pointer.isEmpty { place = place.map { "\($0), \(pointer)" } ?? "\(pointer)" }
        return place.map { "\($0): \(reasonWording)" } ?? reasonWording
    }

    public var description: String { wording.description }
}
