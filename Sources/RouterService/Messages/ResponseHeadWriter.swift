import NIOCore

/// Writes the head of a node's answer as the client gets it: without what ends at this router, with the router's own framing.
struct ResponseHeadWriter {
    /// How the client will find the end of the body.
    let framing: BodyFraming
    let keepAlive: Bool

    func write(_ head: ResponseHead, id: RequestID, to buffer: inout ByteBuffer) {
        buffer.writeStaticString("HTTP/1.1 ")
        buffer.writeString(String(head.status))
        buffer.writeStaticString(" ")
        head.bytes.withUnsafeReadableBytes { bytes in
            buffer.writeBytes(UnsafeRawBufferPointer(rebasing: bytes[head.reason]))
            buffer.writeStaticString("\r\n")
            buffer.writeLines(of: head.fields, in: bytes) { passes($0, of: head) }
        }
        writeFraming(head, to: &buffer)
        if !keepAlive { buffer.writeStaticString("Connection: close\r\n") }
        buffer.writeStaticString("X-Request-ID: ")
        id.write(to: &buffer)
        buffer.writeStaticString("\r\n\r\n")
    }

    private func passes(_ field: HeadField, of head: ResponseHead) -> Bool {
        switch field.kind {
        case .contentLength, .transferEncoding, .connection, .hopByHop, .requestID, .alternative: false
        default: head.connectionNames.isEmpty || !head.connectionNames.contains(head.text(field.name).lowercased())
        }
    }

    private func writeFraming(_ head: ResponseHead, to buffer: inout ByteBuffer) {
        switch framing {
        case .chunked: buffer.writeStaticString("Transfer-Encoding: chunked\r\n")
        case .untilClose: break
        case .length(let length): write(length: length, to: &buffer)
        case .none:
            // An answer to HEAD and a 304 tell the length of what they leave out; a 204 must not (RFC 9110, section 8.6).
            if let length = head.contentLength, head.status != 204 { write(length: length, to: &buffer) }
        }
    }

    private func write(length: Int, to buffer: inout ByteBuffer) {
        buffer.writeStaticString("Content-Length: ")
        buffer.writeString(String(length))
        buffer.writeStaticString("\r\n")
    }
}
