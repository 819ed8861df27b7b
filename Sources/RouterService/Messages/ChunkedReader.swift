import NIOCore

/// Takes apart a body in the chunked transfer coding (RFC 9112, section 7.1), without copying its data.
///
/// Extensions and trailer fields are read and dropped; a trailer field that no trailer may be is an error.
struct ChunkedReader {
    enum Step {
        case data(ByteBuffer)
        case end
    }

    /// What is no chunked body.
    struct Malformed: Error {}

    private enum State {
        case size
        case data(remaining: Int)
        case dataEnd
        case trailers(bytes: Int)
        case ended
    }

    private static let maximumSizeLine = 256
    private static let maximumTrailerBytes = 8192

    private var state = State.size

    /// The next step; nil until more bytes come.
    mutating func next(from buffer: inout ByteBuffer) throws(Malformed) -> Step? {
        while true {
            switch state {
            case .size:
                guard let line = try Self.line(from: &buffer, limit: Self.maximumSizeLine) else { return nil }
                let size = try Self.size(line)
                state = size == 0 ? .trailers(bytes: 0) : .data(remaining: size)
            case .data(let remaining):
                guard let piece = buffer.readPiece(atMost: remaining) else { return nil }
                let rest = remaining - piece.readableBytes
                state = rest == 0 ? .dataEnd : .data(remaining: rest)
                return .data(piece)
            case .dataEnd:
                guard buffer.readableBytes >= 2 else { return nil }
                guard buffer.readInteger(as: UInt16.self) == 0x0D0A else { throw Malformed() }
                state = .size
            case .trailers(let bytes):
                guard let line = try Self.line(from: &buffer, limit: Self.maximumTrailerBytes - bytes) else { return nil }
                if line.readableBytes > 0 { try Self.checkTrailer(line) }
                state = line.readableBytes == 0 ? .ended : .trailers(bytes: bytes + line.readableBytes + 2)
            case .ended: return .end
            }
        }
    }

    /// Hexadecimal digits, and whatever a semicolon starts.
    private static func size(_ line: ByteBuffer) throws(Malformed) -> Int {
        var size = 0
        var digits = 0
        for byte in line.readableBytesView {
            guard let digit = hexadecimal(byte) else { break }
            size = size << 4 | digit
            digits += 1
            guard digits <= 15 else { throw Malformed() }
        }
        let rest = line.readableBytesView.dropFirst(digits)
        guard digits > 0, rest.isEmpty || rest.first == UInt8(ascii: ";") else { throw Malformed() }
        guard !rest.contains(where: HeadScanner.isControlByte) else { throw Malformed() }
        return size
    }

    private static func checkTrailer(_ line: ByteBuffer) throws(Malformed) {
        let field = line.withUnsafeReadableBytes { HeadScanner(bytes: $0).field(in: 0..<$0.count) }
        guard let field, field.kind.mayBeTrailer else { throw Malformed() }
    }

    private static func hexadecimal(_ byte: UInt8) -> Int? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): Int(byte - UInt8(ascii: "a")) + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): Int(byte - UInt8(ascii: "A")) + 10
        default: nil
        }
    }

    /// A line without its CRLF.
    private static func line(from buffer: inout ByteBuffer, limit: Int) throws(Malformed) -> ByteBuffer? {
        let found = buffer.withUnsafeReadableBytes { HeadScanner.firstLineFeed(in: $0, from: 0) }
        guard let lineFeed = found else {
            guard buffer.readableBytes <= limit else { throw Malformed() }
            return nil
        }
        guard lineFeed > 0, lineFeed <= limit,
            let line = buffer.readSlice(length: lineFeed - 1), buffer.readInteger(as: UInt16.self) == 0x0D0A
        else { throw Malformed() }
        return line
    }
}

extension ByteBuffer {
    /// Takes what there is of a body's data, up to a length; nil where there is nothing. What is taken whole is not copied, and
    /// its memory is free again as soon as it was sent.
    mutating func readPiece(atMost length: Int) -> ByteBuffer? {
        guard readableBytes > 0 else { return nil }
        guard readableBytes <= length else { return readSlice(length: length) }
        defer { self = ByteBuffer() }
        return self
    }
}
