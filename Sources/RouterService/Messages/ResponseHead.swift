import NIOCore

/// The head of a node's answer, checked, still in the bytes in which it came.
struct ResponseHead {
    let status: Int
    let reason: Range<Int>
    let fields: [HeadField]
    let framing: BodyFraming
    /// The value of `Content-Length`, which answers to HEAD may have without a body.
    let contentLength: Int?
    /// The names that the `Connection` field calls hop-by-hop, in lower case.
    let connectionNames: [String]
    /// Whether the node will take another request on its connection.
    let keepAlive: Bool
    /// The head; ranges count from its first byte.
    let bytes: ByteBuffer

    func text(_ range: Range<Int>) -> String {
        bytes.getString(at: bytes.readerIndex + range.lowerBound, length: range.count) ?? ""
    }
}
