/// What is wrong with a file of the corpus, and where.
public struct CorpusError: Error, CustomStringConvertible {
    public let file: String
    public let line: Int
    public let reason: String

    public var description: String { "\(file), line \(line): \(reason)" }
}
