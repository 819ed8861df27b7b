import HTTPConventions
import HTTPTypes
import Hummingbird

/// A form with a file, as a browser sends it in a body: `multipart/form-data` (RFC 7578), read whole and strictly.
///
/// What no browser makes is 400: text before the first part or after the last, a header that forms do not have, a field that comes
/// twice, text that is no UTF-8. A file's name and type are not read: they are whatever somebody says.
public struct MultipartForm: Sendable {
    /// The most fields that a form may have.
    public static let mostParts = 32
    /// The most bytes of one field's headers.
    public static let mostHeaderBytes = 2048
    /// The longest boundary (RFC 2046, section 5.1.1).
    static let longestBoundary = 70

    private var texts: [String: String] = [:]
    private var files: [String: [UInt8]] = [:]

    /// - Parameter limit: the most bytes of the body.
    /// - Throws: ``Problem`` 415 for another content type, 400 for a body that is no such form; 413 for too many bytes.
    public init(bodyOf request: Request, limit: Int) async throws {
        guard let boundary = Self.boundary(in: request.headers[.contentType] ?? "") else {
            throw Problem(.unsupportedMediaType, detail: "Send the form as multipart/form-data with a boundary")
        }
        let buffer = try await request.body.collect(upTo: limit)
        try self.init(Array(buffer.readableBytesView), boundary: boundary)
    }

    /// - Throws: ``Problem`` 400.
    init(_ bytes: [UInt8], boundary: String) throws {
        let delimiter = Array("\r\n--\(boundary)".utf8)
        var rest = bytes[...]
        guard rest.starts(with: delimiter.dropFirst(2)) else { throw Self.unreadable }
        rest = rest.dropFirst(delimiter.count - 2)
        var parts = 0
        while !Self.isEnd(rest) {
            parts += 1
            guard parts <= Self.mostParts, rest.starts(with: Self.lineEnd) else { throw Self.unreadable }
            rest = rest.dropFirst(2)
            guard let headersEnd = Self.position(of: Self.headersEnd, in: rest.prefix(Self.mostHeaderBytes)) else {
                throw Self.unreadable
            }
            let headers = rest[..<headersEnd]
            rest = rest[(headersEnd + Self.headersEnd.count)...]
            guard let end = Self.position(of: delimiter, in: rest) else { throw Self.unreadable }
            try take(rest[..<end], PartHeaders(headers))
            rest = rest[(end + delimiter.count)...]
        }
    }

    private mutating func take(_ content: ArraySlice<UInt8>, _ headers: PartHeaders?) throws {
        guard let headers, texts[headers.name] == nil, files[headers.name] == nil else { throw Self.unreadable }
        if headers.isFile {
            files[headers.name] = Array(content)
        } else {
            guard let text = String(validating: content, as: UTF8.self) else { throw Self.unreadable }
            texts[headers.name] = text
        }
    }

    /// What was typed into a field; empty where the field is missing.
    public subscript(_ name: String) -> String { texts[name] ?? "" }

    /// The bytes of a chosen file; nil where none was chosen, which browsers send as an empty one.
    public func file(_ name: String) -> [UInt8]? { files[name].flatMap { $0.isEmpty ? nil : $0 } }

    // MARK: Reading

    private static let lineEnd = Array("\r\n".utf8)
    private static let headersEnd = Array("\r\n\r\n".utf8)

    private static var unreadable: Problem {
        Problem(.badRequest, detail: "The form could not be read; send it as a browser does, each field once")
    }

    private static func isEnd(_ rest: ArraySlice<UInt8>) -> Bool {
        rest.elementsEqual("--".utf8) || rest.elementsEqual("--\r\n".utf8)
    }

    private static func position(of pattern: [UInt8], in bytes: ArraySlice<UInt8>) -> Int? {
        var rest = bytes
        while let start = rest.firstIndex(of: pattern[0]) {
            if rest[start...].starts(with: pattern) { return start }
            rest = rest[(start + 1)...]
        }
        return nil
    }

    /// The boundary that a content type names, of the characters that one may have.
    private static func boundary(in field: String) -> String? {
        let parts = field.split(separator: ";").map { $0.drop { $0 == " " } }
        guard parts.first?.lowercased() == "multipart/form-data",
            let value = parts.dropFirst().first(where: { $0.lowercased().hasPrefix("boundary=") })?.dropFirst(9)
        else { return nil }
        let isQuoted = value.count >= 2 && value.hasPrefix("\"") && value.hasSuffix("\"")
        let boundary = String(isQuoted ? value.dropFirst().dropLast() : value)
        let isRight = boundary.utf8.allSatisfy { byte in
            Character(UnicodeScalar(byte)).isASCII
                && (Character(UnicodeScalar(byte)).isLetter || Character(UnicodeScalar(byte)).isNumber
                    || "'()+_,-./:=?".utf8.contains(byte))
        }
        return (1...longestBoundary).contains(boundary.utf8.count) && isRight ? boundary : nil
    }
}
