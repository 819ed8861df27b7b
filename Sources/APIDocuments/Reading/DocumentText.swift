/// The bytes of a document, checked: not too many, UTF-8, without NUL, without a byte order mark.
struct DocumentText {
    let bytes: [UInt8]
    let format: DocumentFormat

    init(_ raw: [UInt8], limits: DocumentLimits) throws(DocumentRefusal) {
        guard raw.count <= limits.bytes else {
            throw .tooLarge(
                DocumentProblem("expected at most \(limits.bytes) bytes, found \(raw.count)", at: .root, place: nil))
        }
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        bytes = raw.starts(with: mark) ? Array(raw.dropFirst(mark.count)) : raw
        if let position = bytes.firstIndex(of: 0) {
            throw .malformed(
                DocumentProblem("expected UTF-8 text, found the byte 0", at: .root, place: Self.place(of: position, in: bytes)))
        }
        if let position = Self.firstInvalid(in: bytes) {
            throw .malformed(
                DocumentProblem(
                    "expected UTF-8 text, found bytes that are no UTF-8", at: .root, place: Self.place(of: position, in: bytes)))
        }
        format = DocumentFormat(detectedIn: bytes)
    }

    /// - Throws: ``DocumentRefusal/malformed(_:)`` or ``DocumentRefusal/tooLarge(_:)``.
    func value(limits: DocumentLimits) throws(DocumentRefusal) -> DocumentValue {
        switch format {
        case .json:
            var reader = JSONReader(bytes, limits: limits)
            return try reader.document()
        case .yaml:
            return try YAMLReader(bytes, limits: limits).document()
        }
    }

    private static func firstInvalid(in bytes: [UInt8]) -> Int? {
        guard String(validating: bytes, as: UTF8.self) == nil else { return nil }
        var position = 0
        var decoder = UTF8()
        var iterator = bytes.makeIterator()
        while case .scalarValue(let scalar) = decoder.decode(&iterator) { position += UTF8.width(scalar) }
        return position
    }

    private static func place(of position: Int, in bytes: [UInt8]) -> TextPlace {
        let before = bytes[..<position]
        let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        return TextPlace(
            line: before.count { $0 == UInt8(ascii: "\n") } + 1,
            column: before[lineStart...].count { $0 & 0xC0 != 0x80 } + 1)
    }
}
