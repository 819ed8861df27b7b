import NIOCore

/// An answer that the router gives itself.
struct OwnAnswer {
    let status: Int
    let reason: StaticString
    let contentType: StaticString
    /// Whole lines of further header fields, each with its line end.
    let fields: String
    let body: ByteBuffer

    private static let problemFields = "Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n"

    init(status: Int, reason: StaticString, contentType: StaticString, fields: String, body: ByteBuffer) {
        self.status = status
        self.reason = reason
        self.contentType = contentType
        self.fields = fields
        self.body = body
    }

    init(_ problem: Problem, id: RequestID) {
        let retry = problem.retryAfter.map { "Retry-After: \($0)\r\n" } ?? ""
        let allow = problem.status == 405 ? "Allow: GET, HEAD\r\n" : ""
        self.init(
            status: problem.status, reason: problem.reason, contentType: "application/problem+json",
            fields: Self.problemFields + retry + allow, body: ByteBuffer(string: problem.body(id: id)))
    }

    /// - Parameter location: a whole address, checked to hold nothing but visible ASCII.
    init(permanentRedirect location: String) {
        self.init(
            status: 308, reason: "Permanent Redirect", contentType: "text/plain; charset=utf-8",
            fields: "Location: \(location)\r\n" + Self.problemFields, body: ByteBuffer(string: "Use https.\n"))
    }

    /// - Parameter isSecure: whether the client came by https.
    func write(id: RequestID, date: String, keepAlive: Bool, withBody: Bool, isSecure: Bool, to buffer: inout ByteBuffer) {
        buffer.writeStaticString("HTTP/1.1 ")
        buffer.writeString(String(status))
        buffer.writeStaticString(" ")
        buffer.writeStaticString(reason)
        buffer.writeStaticString("\r\nDate: ")
        buffer.writeString(date)
        buffer.writeStaticString("\r\nContent-Type: ")
        buffer.writeStaticString(contentType)
        buffer.writeStaticString("\r\nContent-Length: ")
        buffer.writeString(String(body.readableBytes))
        buffer.writeStaticString("\r\n")
        buffer.writeString(fields)
        if isSecure { buffer.writeString(StrictTransportSecurity.line) }
        if !keepAlive { buffer.writeStaticString("Connection: close\r\n") }
        buffer.writeStaticString("X-Request-ID: ")
        id.write(to: &buffer)
        buffer.writeStaticString("\r\n\r\n")
        if withBody { buffer.writeImmutableBuffer(body) }
    }
}
