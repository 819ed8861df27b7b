import NIOCore

/// Puts a ClientHello together from as many segments and records as it takes, and keeps every byte for whoever answers it.
///
/// Each byte is looked at once, however small the pieces are in which it comes. What cannot become a ClientHello is refused
/// as soon as that can be seen.
struct ClientHelloReader {
    private static let handshakeRecord: UInt8 = 22
    private static let clientHelloType: UInt8 = 1
    private static let recordHeader = 5
    private static let messageHeader = 4
    /// RFC 8446, section 5.1.
    private static let longestFragment = 1 << 14

    /// All bytes that came, also those behind the ClientHello.
    private(set) var bytes = ByteBuffer()
    private let limit: Int
    /// Where the next record starts, counted from the first byte.
    private var recordStart = 0
    /// What the records so far hold.
    private var message = ByteBuffer()

    /// - Parameter limit: the most bytes that the records of a ClientHello may have, with their headers.
    init(limit: Int) { self.limit = limit }

    mutating func append(_ piece: ByteBuffer) {
        if bytes.readableBytes > 0 { bytes.writeImmutableBuffer(piece) } else { bytes = piece }
    }

    /// The ClientHello; nil until more bytes come.
    mutating func next() throws(TLSRefusal) -> ClientHello? {
        while try takeRecord() {
            guard let length = try messageLength() else { continue }
            if message.readableBytes == length { return try hello() }
            // A second message behind it could only be there to confuse: the client has to wait for the answer.
            guard message.readableBytes < length else { throw .malformedHello }
        }
        return nil
    }

    /// - Returns: false when the next record is not complete.
    private mutating func takeRecord() throws(TLSRefusal) -> Bool {
        let start = bytes.readerIndex + recordStart
        if let type = bytes.getInteger(at: start, as: UInt8.self), type != Self.handshakeRecord { throw .notTLS }
        if let major = bytes.getInteger(at: start + 1, as: UInt8.self), major != 3 { throw .notTLS }
        guard let length = bytes.getInteger(at: start + 3, as: UInt16.self).map(Int.init) else {
            // A header that begins here ends beyond the limit, or has no room for a fragment.
            guard recordStart + Self.recordHeader < limit else { throw .helloTooLarge }
            return false
        }
        guard (1...Self.longestFragment).contains(length) else { throw .malformedHello }
        let end = recordStart + Self.recordHeader + length
        guard end <= limit else { throw .helloTooLarge }
        guard let fragment = bytes.getSlice(at: start + Self.recordHeader, length: length) else {
            try checkType(bytes.getInteger(at: start + Self.recordHeader, as: UInt8.self))
            return false
        }
        message.writeImmutableBuffer(fragment)
        recordStart = end
        try checkType(message.getInteger(at: message.readerIndex, as: UInt8.self))
        return true
    }

    private func checkType(_ first: UInt8?) throws(TLSRefusal) {
        // In later records other bytes stand here; the first record has told the type by then.
        guard recordStart == 0 || message.readableBytes > 0, let first else { return }
        let type = message.getInteger(at: message.readerIndex, as: UInt8.self) ?? first
        guard type == Self.clientHelloType else { throw .notTLS }
    }

    /// Of the whole message with its header; nil until that is known.
    private func messageLength() throws(TLSRefusal) -> Int? {
        guard let header = message.getInteger(at: message.readerIndex, as: UInt32.self) else { return nil }
        let length = Self.messageHeader + Int(header & 0xFF_FFFF)
        guard length + Self.recordHeader <= limit else { throw .helloTooLarge }
        return length
    }

    private func hello() throws(TLSRefusal) -> ClientHello {
        guard
            let body = message.getSlice(
                at: message.readerIndex + Self.messageHeader, length: message.readableBytes - Self.messageHeader)
        else { throw .malformedHello }
        return try ClientHello(body: body)
    }
}
