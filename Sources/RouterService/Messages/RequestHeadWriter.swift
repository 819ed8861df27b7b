import NIOCore

/// Writes the head of a request as a node gets it: the client's fields without those that end at this router, and the
/// router's own.
struct RequestHeadWriter {
    /// `http` or `https`: how clients reach this installation.
    let scheme: String

    /// What the router's own words in a head need at most.
    private static let ownBytes = 320

    /// - Parameter client: where the request came from.
    func write(_ head: RequestHead, id: RequestID, client: ClientAddress, to buffer: inout ByteBuffer) {
        let names = 3 * head.host.utf8.count + client.address.utf8.count + client.forwardedNode.utf8.count
        buffer.writeHead(atMost: head.bytes.readableBytes + names + scheme.utf8.count * 2 + Self.ownBytes) { cursor in
            write(head, id: id, client: client, to: &cursor)
        }
    }

    private func write(_ head: RequestHead, id: RequestID, client: ClientAddress, to cursor: inout HeadCursor) {
        cursor.write(head.method.token)
        cursor.write(head.target.lacksSlash ? " /" : " ")
        head.bytes.withUnsafeReadableBytes { bytes in
            cursor.write(UnsafeRawBufferPointer(rebasing: bytes[head.target.range]))
            cursor.write(" HTTP/1.1\r\nHost: " as StaticString)
            cursor.write(head.host)
            cursor.write("\r\n" as StaticString)
            cursor.writeLines(of: head.fields, in: bytes) { passes($0, of: head) }
        }
        writeFraming(head.framing, to: &cursor)
        writeForwarding(head, client: client, to: &cursor)
        cursor.write("\r\nX-Request-ID: " as StaticString)
        cursor.write(id)
        cursor.write("\r\n\r\n" as StaticString)
    }

    private func passes(_ field: HeadField, of head: RequestHead) -> Bool {
        switch field.kind {
        case .traceParent, .traceState: TraceContext.isSound(in: head)
        case .host, .contentLength, .transferEncoding, .connection, .expect, .hopByHop, .forwarding, .requestID: false
        default: head.connectionNames.isEmpty || !head.connectionNames.contains(head.text(field.name).lowercased())
        }
    }

    private func writeFraming(_ framing: BodyFraming, to cursor: inout HeadCursor) {
        switch framing {
        case .length(let bytes):
            cursor.write("Content-Length: " as StaticString)
            cursor.write(decimal: bytes)
            cursor.write("\r\n" as StaticString)
        case .chunked: cursor.write("Transfer-Encoding: chunked\r\n" as StaticString)
        case .none, .untilClose: break
        }
    }

    private func writeForwarding(_ head: RequestHead, client: ClientAddress, to cursor: inout HeadCursor) {
        cursor.write("Forwarded: for=" as StaticString)
        cursor.write(client.forwardedNode)
        cursor.write(";host=\"" as StaticString)
        cursor.write(head.host)
        cursor.write("\";proto=" as StaticString)
        cursor.write(scheme)
        cursor.write("\r\nX-Forwarded-For: " as StaticString)
        cursor.write(client.address)
        cursor.write("\r\nX-Forwarded-Host: " as StaticString)
        cursor.write(head.host)
        cursor.write("\r\nX-Forwarded-Proto: " as StaticString)
        cursor.write(scheme)
    }
}
