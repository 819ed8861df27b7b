/// Bytes that a node answers with, and what the client may get of them.
public struct AnswerCase: Sendable, CustomStringConvertible {
    public let file: String
    public let name: String
    /// The method of the request that is answered.
    public let method: String
    public let bytes: [UInt8]
    /// Whether the node closes its connection after these bytes.
    public let closes: Bool
    /// What the client gets; nil where all it may get is a broken connection.
    public let status: Int?
    public let body: [UInt8]

    public var description: String { "\(file): \(name)" }

    init(_ written: CorpusCase) throws(CorpusError) {
        guard case .passed(let method, let status, _, let body) = written.outcomes.first, written.outcomes.count == 1 else {
            throw CorpusError(file: written.file, line: 0, reason: "\(written.name) expects METHOD, STATUS or broken, GEO, BODY")
        }
        (file, name, bytes, closes) = (written.file, written.name, written.bytes, written.closes)
        self.method = method
        self.status = Int(status)
        self.body = body
    }
}
