import NIOCore

/// The chunked transfer coding (RFC 9112, section 7.1), as the router writes it: one chunk per piece, no extensions, no trailers.
enum ChunkedBody {
    static let end = ByteBuffer(staticString: "0\r\n\r\n")
    static let lineEnd = ByteBuffer(staticString: "\r\n")

    /// The line before a chunk's data.
    static func head(of length: Int) -> ByteBuffer {
        var buffer = ByteBuffer()
        buffer.writeString(String(length, radix: 16))
        buffer.writeStaticString("\r\n")
        return buffer
    }
}
