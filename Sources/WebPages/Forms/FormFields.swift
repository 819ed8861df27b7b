import HTTPConventions
import HTTPTypes
import Hummingbird

/// The fields of a form, as a browser sends them in a body or in a query: `application/x-www-form-urlencoded` in UTF-8
/// (WHATWG URL, section 5.1).
///
/// Read strictly: a wrong escape, bytes that are no UTF-8, or a field that comes twice is 400, because no form of ours makes them
/// and two readers of such a body could differ. A field that no form asks for is left alone: nobody reads it.
public struct FormFields: Sendable {
    private let fields: [String: String]

    /// The fields in a body.
    ///
    /// - Parameter limit: the most bytes of it.
    /// - Throws: ``Problem`` 415 for another content type, 400 for a body that is no form; 413 for too many bytes.
    public init(bodyOf request: Request, limit: Int) async throws {
        guard let field = request.headers[.contentType], let type = MediaType(from: field), type.type == .application,
            type.subType.lowercased() == "x-www-form-urlencoded"
        else { throw Problem(.unsupportedMediaType, detail: "Send the form as application/x-www-form-urlencoded") }
        let buffer = try await request.body.collect(upTo: limit)
        try self.init(Array(buffer.readableBytesView))
    }

    /// The fields in a query; none where it cannot be read, because links get strange additions on their ways.
    public init(queryOf request: Request) {
        let fields = try? FormFields(Array((request.uri.query ?? "").utf8))
        self.fields = fields?.fields ?? [:]
    }

    /// - Throws: ``Problem`` 400.
    public init(_ bytes: [UInt8]) throws {
        var fields: [String: String] = [:]
        for pair in bytes.split(separator: UInt8(ascii: "&")) {
            let halves = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = Self.decoded(halves[0]), let value = halves.count == 2 ? Self.decoded(halves[1]) : "",
                fields.updateValue(value, forKey: name) == nil
            else { throw Problem(.badRequest, detail: "The form could not be read; send each field once, in UTF-8") }
        }
        self.fields = fields
    }

    /// What was typed into a field; empty where the field is missing.
    public subscript(_ name: String) -> String { fields[name] ?? "" }

    /// What stands behind a prefix in the names of fields, such as those of check boxes that were checked; in the order of text.
    public func names(after prefix: String) -> [String] {
        fields.keys.filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) }.sorted()
    }

    private static func decoded(_ text: ArraySlice<UInt8>) -> String? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count)
        var rest = text
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "+"): bytes.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                guard let high = rest.popFirst().flatMap(nibble), let low = rest.popFirst().flatMap(nibble) else { return nil }
                bytes.append(high << 4 | low)
            default: bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }

    private static func nibble(_ digit: UInt8) -> UInt8? { Character(UnicodeScalar(digit)).hexDigitValue.map(UInt8.init) }
}
