/// Text as lines of at most 76 ASCII characters (RFC 2045, section 6.7).
enum QuotedPrintable {
    private static let lineLimit = 76
    private static let hexDigits = Array("0123456789ABCDEF".utf8)

    /// - Parameter text: lines ended by LF or CRLF.
    /// - Returns: lines ended by CRLF, the last one without it.
    static func encode(_ text: String) -> String {
        var bytes: [UInt8] = []
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            if index > 0 { bytes += [.carriageReturn, .lineFeed] }
            append(Array(line.utf8), to: &bytes)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The text that was encoded; what is no quoted-printable stays as it is.
    static func decode(_ text: some StringProtocol) -> String {
        let encoded = Array(text.utf8)
        var bytes: [UInt8] = []
        var index = 0
        while index < encoded.count {
            guard encoded[index] == .equals, index + 2 < encoded.count else {
                bytes.append(encoded[index])
                index += 1
                continue
            }
            let pair = encoded[(index + 1)...(index + 2)]
            if pair.elementsEqual([.carriageReturn, .lineFeed]) {
                index += 3
            } else if let byte = UInt8(String(decoding: pair, as: UTF8.self), radix: 16) {
                bytes.append(byte)
                index += 3
            } else {
                bytes.append(encoded[index])
                index += 1
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func append(_ line: [UInt8], to bytes: inout [UInt8]) {
        var column = 0
        for (index, byte) in line.enumerated() {
            let isLast = index == line.count - 1
            let token =
                isLiteral(byte, isLast: isLast) ? [byte] : [.equals, hexDigits[Int(byte >> 4)], hexDigits[Int(byte & 15)]]
            // The last column is kept for the `=` of a soft line break.
            if column + token.count > lineLimit - 1 {
                bytes += [.equals, .carriageReturn, .lineFeed]
                column = 0
            }
            bytes += token
            column += token.count
        }
    }

    /// A space or tab may not end a line.
    private static func isLiteral(_ byte: UInt8, isLast: Bool) -> Bool {
        switch byte {
        case .equals: false
        case 0x21...0x7E: true
        case 0x20, 0x09: !isLast
        default: false
        }
    }
}

extension UInt8 {
    static let carriageReturn = UInt8(ascii: "\r")
    static let lineFeed = UInt8(ascii: "\n")
    fileprivate static let equals = UInt8(ascii: "=")
}
