import NIOCore
import NIOHTTP1

/// Writes the head of a request as a node gets it: the client's fields without those that end at this router, and the
/// router's own.
struct RequestHeadWriter {
    /// `http` or `https`: how clients reach this installation.
    let scheme: String

    /// - Parameter client: the client's address, as `Forwarded` writes it.
    func write(
        _ head: HTTPRequestHead, screened request: ScreenedRequest, id: RequestID, client: ClientAddress,
        to buffer: inout ByteBuffer
    ) {
        buffer.writeString(head.method.rawValue)
        buffer.writeStaticString(" ")
        buffer.writeString(request.target)
        buffer.writeStaticString(" HTTP/1.1\r\nHost: ")
        buffer.writeString(request.host)
        for (name, value) in head.headers where passes(name, request) {
            buffer.writeStaticString("\r\n")
            buffer.writeString(name)
            buffer.writeStaticString(": ")
            buffer.writeString(value)
        }
        writeFraming(request.framing, to: &buffer)
        writeForwarding(request, client: client, to: &buffer)
        buffer.writeStaticString("\r\nX-Request-ID: ")
        id.write(to: &buffer)
        buffer.writeStaticString("\r\n\r\n")
    }

    private func passes(_ name: String, _ request: ScreenedRequest) -> Bool {
        switch FieldKind(name) {
        case .host, .contentLength, .transferEncoding, .connection, .expect, .hopByHop, .forwarding, .requestID: false
        default: request.connectionNames.isEmpty || !request.connectionNames.contains(name.lowercased())
        }
    }

    private func writeFraming(_ framing: BodyFraming, to buffer: inout ByteBuffer) {
        switch framing {
        case .length(let bytes):
            buffer.writeStaticString("\r\nContent-Length: ")
            buffer.writeString(String(bytes))
        case .chunked: buffer.writeStaticString("\r\nTransfer-Encoding: chunked")
        case .none, .untilClose: break
        }
    }

    private func writeForwarding(_ request: ScreenedRequest, client: ClientAddress, to buffer: inout ByteBuffer) {
        buffer.writeStaticString("\r\nForwarded: for=")
        buffer.writeString(client.forwardedNode)
        buffer.writeStaticString(";host=\"")
        buffer.writeString(request.host)
        buffer.writeStaticString("\";proto=")
        buffer.writeString(scheme)
        buffer.writeStaticString("\r\nX-Forwarded-For: ")
        buffer.writeString(client.address)
        buffer.writeStaticString("\r\nX-Forwarded-Host: ")
        buffer.writeString(request.host)
        buffer.writeStaticString("\r\nX-Forwarded-Proto: ")
        buffer.writeString(scheme)
    }
}

/// The address from which a client connected. It goes to the node of one geo and nowhere else.
struct ClientAddress {
    let address: String
    /// As RFC 7239, section 6 writes it: an IPv6 address in brackets and quotes.
    let forwardedNode: String

    init(_ socket: SocketAddress?) {
        address = socket?.ipAddress ?? "unknown"
        forwardedNode = address.contains(":") ? "\"[\(address)]\"" : address
    }
}
