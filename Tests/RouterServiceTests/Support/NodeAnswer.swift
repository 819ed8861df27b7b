/// What a recording node does with a request.
enum NodeAnswer: Sendable {
    /// Sends a text as it stands and keeps the connection.
    case text(String)
    case textThenClose(String)
    case textThenReset(String)
    /// Leaves the answer to the test.
    case silence

    /// A plain answer of a length that is told.
    static func ok(_ body: String, fields: String...) -> NodeAnswer {
        let lines = fields.map { $0 + "\r\n" }.joined()
        return .text("HTTP/1.1 200 OK\r\nContent-Length: \(body.utf8.count)\r\n\(lines)\r\n\(body)")
    }
}
