import Languages

/// A place in a document's text.
public struct TextPlace: Sendable, Equatable, CustomStringConvertible {
    /// One-based.
    public let line: Int
    /// One-based, in Unicode scalars.
    public let column: Int

    public init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    public var description: String { wording.description }

    /// Lines and columns are no amounts, so their digits are not grouped.
    var wording: Wording { "line \(String(line)), column \(String(column))" }
}
