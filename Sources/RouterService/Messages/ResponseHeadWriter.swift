import NIOCore

/// Writes the head of a node's answer as the client gets it: without what ends at this router, with the router's own framing.
struct ResponseHeadWriter {
    /// How the client will find the end of the body.
    let framing: BodyFraming
    let keepAlive: Bool

    /// What the router's own words in a head need at most.
    private static let ownBytes = 192

    func write(_ head: ResponseHead, id: RequestID, to buffer: inout ByteBuffer) {
        buffer.writeHead(atMost: head.bytes.readableBytes + Self.ownBytes) { cursor in write(head, id: id, to: &cursor) }
    }

    private func write(_ head: ResponseHead, id: RequestID, to cursor: inout HeadCursor) {
        cursor.write("HTTP/1.1 " as StaticString)
        cursor.write(decimal: head.status)
        cursor.write(" " as StaticString)
        head.bytes.withUnsafeReadableBytes { bytes in
            cursor.write(UnsafeRawBufferPointer(rebasing: bytes[head.reason]))
            cursor.write("\r\n" as StaticString)
            cursor.writeLines(of: head.fields, in: bytes) { passes($0, of: head) }
        }
        writeFraming(head, to: &cursor)
        if !keepAlive { cursor.write("Connection: close\r\n" as StaticString) }
        cursor.write("X-Request-ID: " as StaticString)
        cursor.write(id)
        cursor.write("\r\n\r\n" as StaticString)
    }

    /// Whether the client gets a field as the node wrote it.
    func passes(_ field: HeadField, of head: ResponseHead) -> Bool {
        switch field.kind {
        case .contentLength, .transferEncoding, .connection, .hopByHop, .requestID, .alternative: false
        default: head.connectionNames.isEmpty || !head.connectionNames.contains(head.text(field.name).lowercased())
        }
    }

    private func writeFraming(_ head: ResponseHead, to cursor: inout HeadCursor) {
        if framing == .chunked { cursor.write("Transfer-Encoding: chunked\r\n" as StaticString) }
        guard let length = contentLength(of: head) else { return }
        cursor.write("Content-Length: " as StaticString)
        cursor.write(decimal: length)
        cursor.write("\r\n" as StaticString)
    }

    /// What the client is told of the body's length.
    func contentLength(of head: ResponseHead) -> Int? {
        switch framing {
        case .chunked, .untilClose: nil
        case .length(let length): length
        // An answer to HEAD and a 304 tell the length of what they leave out; a 204 must not (RFC 9110, section 8.6).
        case .none: head.status == 204 ? nil : head.contentLength
        }
    }
}
