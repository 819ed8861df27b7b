#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Reads the bytes of a message's head as RFC 9112 writes them, and in no other way.
///
/// What is nil or false here is refused by the parsers: every line ends in CRLF, a field's name is a token that touches its
/// colon, no line continues the one before, and no text holds a control byte.
struct HeadScanner {
    let bytes: UnsafeRawBufferPointer

    /// The end of the line that starts at a place, before its CRLF.
    func lineEnd(from start: Int) -> Int? {
        guard let lineFeed = Self.firstLineFeed(in: bytes, from: start), lineFeed > start,
            bytes[lineFeed - 1] == UInt8(ascii: "\r")
        else { return nil }
        return lineFeed - 1
    }

    /// The field that stands in a line.
    func field(in line: Range<Int>) -> HeadField? {
        var colon = line.lowerBound
        while colon < line.upperBound, Self.isTokenByte(bytes[colon]) { colon += 1 }
        guard colon < line.upperBound, colon > line.lowerBound, bytes[colon] == UInt8(ascii: ":") else { return nil }
        let value = trimmed((colon + 1)..<line.upperBound)
        guard isText(value) else { return nil }
        let name = line.lowerBound..<colon
        return HeadField(
            kind: FieldKind(self[name]), name: name, value: value, line: line.lowerBound..<(line.upperBound + 2))
    }

    subscript(range: Range<Int>) -> UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: bytes[range]) }

    func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    /// A text with its ASCII letters in lower case. Others stay: Unicode would turn the Kelvin sign into a k.
    func lowercased(_ range: Range<Int>) -> String {
        // Lower case keeps the length, and bytes that are no UTF-8 are repaired as they are in `text`.
        String(unsafeUninitializedCapacity: range.count) { memory in
            for (place, index) in range.enumerated() { memory[place] = bytes[index].lowercasedASCII }
            return range.count
        }
    }

    func trimmed(_ range: Range<Int>) -> Range<Int> {
        var start = range.lowerBound
        var end = range.upperBound
        while start < end, Self.isBlank(bytes[start]) { start += 1 }
        while end > start, Self.isBlank(bytes[end - 1]) { end -= 1 }
        return start..<end
    }

    /// The number of 1 to 18 decimal digits.
    func decimal(_ range: Range<Int>) -> Int? {
        guard (1...18).contains(range.count) else { return nil }
        var value = 0
        for index in range {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[index]) else { return nil }
            value = value * 10 + Int(bytes[index] - UInt8(ascii: "0"))
        }
        return value
    }

    /// Whether there is no control byte but the tab (RFC 9110, section 5.5).
    func isText(_ range: Range<Int>) -> Bool {
        var index = range.lowerBound
        while index + 8 <= range.upperBound {
            let eight = bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
            guard !Self.mayHoldControl(eight) || isText(bytewise: index..<(index + 8)) else { return false }
            index += 8
        }
        return isText(bytewise: index..<range.upperBound)
    }

    private func isText(bytewise range: Range<Int>) -> Bool {
        for index in range where Self.isControlByte(bytes[index]) { return false }
        return true
    }

    /// Whether one of eight bytes is below a space or is DEL. The high bit of a byte tells it; a byte above may be wrongly told,
    /// where the byte below it is one.
    private static func mayHoldControl(_ eight: UInt64) -> Bool {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let deletes = eight ^ (ones &* 0x7F)
        let isBelowSpace = (eight &- ones &* 0x20) & ~eight
        let isDelete = (deletes &- ones) & ~deletes
        return (isBelowSpace | isDelete) & (ones &* 0x80) != 0
    }

    func isToken(_ range: Range<Int>) -> Bool {
        for index in range where !Self.isTokenByte(bytes[index]) { return false }
        return !range.isEmpty
    }

    /// The parts of a list, in lower case, without empty ones (RFC 9110, section 5.6.1).
    func list(_ range: Range<Int>) -> [String] {
        var parts: [String] = []
        var start = range.lowerBound
        for index in range.lowerBound...range.upperBound {
            guard index == range.upperBound || bytes[index] == UInt8(ascii: ",") else { continue }
            let part = trimmed(start..<index)
            if !part.isEmpty { parts.append(lowercased(part)) }
            start = index + 1
        }
        return parts
    }

    static func firstLineFeed(in bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
        guard start < bytes.count, let base = bytes.baseAddress,
            let found = memchr(base + start, Int32(UInt8(ascii: "\n")), bytes.count - start)
        else { return nil }
        return UnsafeRawPointer(found) - base
    }

    /// Whether a text may not hold a byte: each control byte but the tab (RFC 9110, section 5.5).
    static func isControlByte(_ byte: UInt8) -> Bool { byte < 0x20 && byte != UInt8(ascii: "\t") || byte == 0x7F }

    static func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }

    /// One bit for each ASCII byte that a token may have (RFC 9110, section 5.6.2).
    /// Numbers, not a table that is made at its first use: every byte of every field's name asks.
    private static let tokenBitsBelow64: UInt64 = 0x03FF_6CFA_0000_0000
    private static let tokenBitsAbove64: UInt64 = 0x57FF_FFFF_C7FF_FFFE

    static func isTokenByte(_ byte: UInt8) -> Bool {
        if byte < 64 { return tokenBitsBelow64 >> UInt64(byte) & 1 == 1 }
        return byte < 128 && tokenBitsAbove64 >> UInt64(byte - 64) & 1 == 1
    }

    static func isToken(_ text: String) -> Bool { !text.isEmpty && text.utf8.allSatisfy(isTokenByte) }
}

extension UInt8 {
    /// This byte in lower case, where it is an ASCII letter.
    var lowercasedASCII: UInt8 { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) ? self | 0x20 : self }
}
