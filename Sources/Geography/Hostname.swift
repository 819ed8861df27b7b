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
        var bytes = text.map(\.lowercased)
        if bytes.last == .dot { bytes.removeLast() }
        guard (1...maximumLength).contains(bytes.count) else { return nil }
        let labels = bytes.split(separator: .dot, omittingEmptySubsequences: false)
        guard labels.allSatisfy(isLabel), let last = labels.last, !last.allSatisfy(\.isDigit) else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// RFC 1123, section 2.1: letters, digits and inner hyphens.
    private static func isLabel(_ label: ArraySlice<UInt8>) -> Bool {
        (1...maximumLabelLength).contains(label.count) && label.first != .hyphen && label.last != .hyphen
            && label.allSatisfy { $0.isLowercaseLetter || $0.isDigit || $0 == .hyphen }
    }
}
