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

    public var description: String { "line \(line), column \(column)" }
}
