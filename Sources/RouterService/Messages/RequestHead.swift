import NIOCore

/// The head of a request that means one thing only, checked, still in the bytes in which it came.
struct RequestHead {
    let method: RequestMethod
    let target: RequestTarget
    let isHTTP10: Bool
    /// The `Host` field as the client wrote it: not empty, and no byte in it that a host and a port cannot have.
    let host: String
    let fields: [HeadField]
    let framing: BodyFraming
    let keepAlive: Bool
    let expectsContinue: Bool
    /// The names that the `Connection` field calls hop-by-hop, in lower case, without `close` and `keep-alive`.
    let connectionNames: [String]
    /// Whether there is a field in which a credential may stand.
    let mayHoldCredentials: Bool
    /// The head; ranges count from its first byte.
    let bytes: ByteBuffer

    var hasBody: Bool { framing != .none && framing != .length(0) }

    func text(_ range: Range<Int>) -> String {
        bytes.getString(at: bytes.readerIndex + range.lowerBound, length: range.count) ?? ""
    }

    /// Path and query.
    var targetText: String { target.lacksSlash ? "/" + text(target.range) : text(target.range) }

    func targetStarts(with text: StaticString) -> Bool {
        guard !target.lacksSlash, target.range.count >= text.utf8CodeUnitCount else { return false }
        return bytes.withUnsafeReadableBytes { bytes in
            (0..<text.utf8CodeUnitCount).allSatisfy { bytes[target.range.lowerBound + $0] == text.utf8Start[$0] }
        }
    }

    func values(of kind: FieldKind) -> [String] { fields.filter { $0.kind == kind }.map { text($0.value) } }
}
