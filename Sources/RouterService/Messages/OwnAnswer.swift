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

    /// What a head needs at most beside the fields that are its own.
    private static let commonBytes = 384

    /// - Parameter isSecure: whether the client came by https.
    func write(id: RequestID, date: String, keepAlive: Bool, withBody: Bool, isSecure: Bool, to buffer: inout ByteBuffer) {
        let own = reason.utf8CodeUnitCount + contentType.utf8CodeUnitCount + fields.utf8.count
        buffer.writeHead(atMost: own + Self.commonBytes) { cursor in
            cursor.write("HTTP/1.1 " as StaticString)
            cursor.write(decimal: status)
            cursor.write(" " as StaticString)
            cursor.write(reason)
            cursor.write("\r\nDate: " as StaticString)
            cursor.write(date)
            cursor.write("\r\nContent-Type: " as StaticString)
            cursor.write(contentType)
            cursor.write("\r\nContent-Length: " as StaticString)
            cursor.write(decimal: body.readableBytes)
            cursor.write("\r\n" as StaticString)
            cursor.write(fields)
            if isSecure { cursor.write(StrictTransportSecurity.line) }
            if !keepAlive { cursor.write("Connection: close\r\n" as StaticString) }
            cursor.write("X-Request-ID: " as StaticString)
            cursor.write(id)
            cursor.write("\r\n\r\n" as StaticString)
        }
        if withBody { buffer.writeImmutableBuffer(body) }
    }
}
