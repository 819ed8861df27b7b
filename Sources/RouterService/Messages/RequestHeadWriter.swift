import NIOCore

/// Writes the head of a request as a node gets it: the client's fields without those that end at this router, and the
/// router's own.
struct RequestHeadWriter {
    /// `http` or `https`: how clients reach this installation.
    let scheme: String

    /// - Parameter client: where the request came from.
    func write(_ head: RequestHead, id: RequestID, client: ClientAddress, to buffer: inout ByteBuffer) {
        buffer.writeString(head.method.rawValue)
        buffer.writeStaticString(head.target.lacksSlash ? " /" : " ")
        head.bytes.withUnsafeReadableBytes { bytes in
            buffer.writeBytes(UnsafeRawBufferPointer(rebasing: bytes[head.target.range]))
            buffer.writeStaticString(" HTTP/1.1\r\nHost: ")
            buffer.writeString(head.host)
            buffer.writeStaticString("\r\n")
            buffer.writeLines(of: head.fields, in: bytes) { passes($0, of: head) }
        }
        writeFraming(head.framing, to: &buffer)
        writeForwarding(head, client: client, to: &buffer)
        buffer.writeStaticString("\r\nX-Request-ID: ")
        id.write(to: &buffer)
        buffer.writeStaticString("\r\n\r\n")
    }

    private func passes(_ field: HeadField, of head: RequestHead) -> Bool {
        switch field.kind {
        case .host, .contentLength, .transferEncoding, .connection, .expect, .hopByHop, .forwarding, .requestID: false
        default: head.connectionNames.isEmpty || !head.connectionNames.contains(head.text(field.name).lowercased())
        }
    }

    private func writeFraming(_ framing: BodyFraming, to buffer: inout ByteBuffer) {
        switch framing {
        case .length(let bytes):
            buffer.writeStaticString("Content-Length: ")
            buffer.writeString(String(bytes))
            buffer.writeStaticString("\r\n")
        case .chunked: buffer.writeStaticString("Transfer-Encoding: chunked\r\n")
        case .none, .untilClose: break
        }
    }

    private func writeForwarding(_ head: RequestHead, client: ClientAddress, to buffer: inout ByteBuffer) {
        buffer.writeStaticString("Forwarded: for=")
        buffer.writeString(client.forwardedNode)
        buffer.writeStaticString(";host=\"")
        buffer.writeString(head.host)
        buffer.writeStaticString("\";proto=")
        buffer.writeString(scheme)
        buffer.writeStaticString("\r\nX-Forwarded-For: ")
        buffer.writeString(client.address)
        buffer.writeStaticString("\r\nX-Forwarded-Host: ")
        buffer.writeString(head.host)
        buffer.writeStaticString("\r\nX-Forwarded-Proto: ")
        buffer.writeString(scheme)
    }
}

extension ByteBuffer {
    /// Copies the lines of the fields that pass; lines that stand together are copied together.
    mutating func writeLines(of fields: [HeadField], in bytes: UnsafeRawBufferPointer, where passes: (HeadField) -> Bool) {
        var run = 0..<0
        for field in fields where passes(field) {
            if run.upperBound == field.line.lowerBound {
                run = run.lowerBound..<field.line.upperBound
            } else {
                writeBytes(UnsafeRawBufferPointer(rebasing: bytes[run]))
                run = field.line
            }
        }
        writeBytes(UnsafeRawBufferPointer(rebasing: bytes[run]))
    }
}
