/// A mail's text as what was written and what is filled in.
public struct MailTextPieces: Hashable, Sendable {
    private enum Piece: Hashable {
        case written(String)
        case variable(String)
    }

    private let pieces: [Piece]

    /// Nil where a variable begins and does not end.
    public init?(_ text: String) {
        var pieces: [Piece] = []
        var rest = text[...]
        while let start = rest.range(of: "{{") {
            guard let end = rest[start.upperBound...].range(of: "}}") else { return nil }
            pieces.append(.written(String(rest[..<start.lowerBound])))
            let name = rest[start.upperBound..<end.lowerBound]
            pieces.append(.variable(String(name.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())))
            rest = rest[end.upperBound...]
        }
        self.pieces = pieces + [.written(String(rest))]
    }

    /// In the order of the text, also those that are none.
    public var variables: [String] {
        pieces.compactMap { piece in
            guard case .variable(let name) = piece else { return nil }
            return name
        }
    }

    /// The text with values put in once: what looks like a variable in a value stays as it is.
    public func filled(with values: [MailVariable: String]) -> String {
        pieces.map { piece in
            switch piece {
            case .written(let text): text
            case .variable(let name): MailVariable(rawValue: name).flatMap { values[$0] } ?? ""
            }
        }.joined()
    }
}
