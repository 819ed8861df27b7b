import NIOCore

/// The head of a node's answer, checked, still in the bytes in which it came.
struct ResponseHead {
    struct Field {
        let kind: FieldKind
        let name: Range<Int>
        let value: Range<Int>
        /// The whole line with its line end.
        let line: Range<Int>
    }

    let status: Int
    let reason: Range<Int>
    let fields: [Field]
    let framing: BodyFraming
    /// The value of `Content-Length`, which answers to HEAD may have without a body.
    let contentLength: Int?
    /// The names that the `Connection` field calls hop-by-hop, in lower case.
    let connectionNames: [String]
    /// The head; ranges count from its first byte.
    let bytes: ByteBuffer

    func text(_ range: Range<Int>) -> String {
        bytes.getString(at: bytes.readerIndex + range.lowerBound, length: range.count) ?? ""
    }
}
