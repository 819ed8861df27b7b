/// A host name as it is compared: ASCII, lower case, no port, no trailing dot.
///
/// International names come in their A-label form (`xn--…`), as they do on the wire (RFC 5890). IP address literals are
/// no host names here: no geo can be told from an address.
public struct Hostname: Hashable, Sendable, CustomStringConvertible {
    /// The longest name without its trailing dot (RFC 1035, section 2.3.4).
    public static let maximumLength = 253
    static let maximumLabelLength = 63

    public let value: String

    /// Takes a bare host name, with or without one trailing dot, in any case.
    ///
    /// - Throws: ``GeographyError/invalidHostname(_:)``.
    public init(_ text: String) throws(GeographyError) {
        guard let name = Self.normalized(text.utf8[...]) else { throw .invalidHostname(text) }
        value = name
    }

    /// Takes the value of a `Host` header or of `:authority`: a host name and an optional port (RFC 9110, section 7.2).
    ///
    /// - Throws: ``GeographyError/invalidHostname(_:)`` for anything else: user info, an IP literal, a bad port, an empty value.
    public init(authority: String) throws(GeographyError) {
        let bytes = authority.utf8
        var host = bytes[...]
        if let colon = bytes.firstIndex(of: UInt8(ascii: ":")) {
            host = bytes[..<colon]
            guard Self.isPort(bytes[bytes.index(after: colon)...]) else { throw .invalidHostname(authority) }
        }
        guard let name = Self.normalized(host) else { throw .invalidHostname(authority) }
        value = name
    }

    public var description: String { value }

    /// Digits only, up to 65535; an empty port is allowed by RFC 3986, section 3.2.3.
    private static func isPort(_ digits: Substring.UTF8View) -> Bool {
        guard digits.count <= 5, digits.allSatisfy(\.isDigit) else { return false }
        return digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) } <= 65535
    }

    private static func normalized(_ text: Substring.UTF8View) -> String? {
        let name = text.last == .dot ? text.dropLast() : text
        guard (1...maximumLength).contains(name.count), areLabels(name) else { return nil }
        let isLowercase = name.allSatisfy { $0 == $0.lowercased }
        return isLowercase ? String(Substring(name)) : String(decoding: name.map(\.lowercased), as: UTF8.self)
    }

    /// RFC 1123, section 2.1: labels of letters, digits and inner hyphens, of which the last is no number.
    private static func areLabels(_ name: Substring.UTF8View) -> Bool {
        var length = 0
        var isNumber = true
        var last = UInt8.dot
        for byte in name {
            if byte == .dot {
                guard length > 0, last != .hyphen else { return false }
                length = 0
                isNumber = true
            } else {
                guard byte.lowercased.isLowercaseLetter || byte.isDigit || byte == .hyphen && length > 0,
                    length < maximumLabelLength
                else { return false }
                length += 1
                isNumber = isNumber && byte.isDigit
            }
            last = byte
        }
        return length > 0 && last != .hyphen && !isNumber
    }
}
