import Foundation

/// An e-mail address as its owner typed it, and the form by which two of them are compared.
///
/// Accepted: one dot-atom local part, ASCII or not (RFC 5321, section 4.1.2; RFC 6531), and a domain of at least two labels,
/// ASCII or international. Not accepted: quoted local parts and address literals, which no portal needs and which have been
/// used to smuggle SMTP commands.
public struct EmailAddress: Hashable, Sendable, CustomStringConvertible {
    /// The most characters of an address, as the contracts have it.
    public static let maximumLength = 250
    /// The most octets of a local part and of a path (RFC 5321, section 4.5.3.1).
    static let maximumLocalPartOctets = 64
    static let maximumOctets = 254

    /// As typed, trimmed.
    public let value: String
    /// What identifies the mailbox: lower case, Unicode NFC, the domain in its A-label form.
    public let key: String

    /// - Throws: ``FieldError`` for the field `email`.
    public init(_ text: String, field: String = "email") throws {
        let trimmed = text.trimmingCharacters(in: .whitespacesAndNewlines)
        guard trimmed.unicodeScalars.count <= Self.maximumLength else {
            throw FieldError.tooLong(field, maximum: Self.maximumLength)
        }
        guard trimmed.utf8.count <= Self.maximumOctets else {
            throw FieldError.invalid(field, because: .tooManyBytes(maximum: Self.maximumOctets))
        }
        guard let at = trimmed.lastIndex(of: "@"),
            let key = Self.key(local: trimmed[..<at], domain: trimmed[trimmed.index(after: at)...])
        else { throw FieldError.invalid(field, because: .noEmailAddress) }
        value = trimmed
        self.key = key
    }

    /// Takes an address that was checked when it was stored.
    public init(stored value: String, key: String) {
        self.value = value
        self.key = key
    }

    public var description: String { value }

    public static func == (lhs: Self, rhs: Self) -> Bool { lhs.key == rhs.key }

    public func hash(into hasher: inout Hasher) { hasher.combine(key) }

    private static func key(local: Substring, domain: Substring) -> String? {
        guard isDotAtom(local), (1...maximumLocalPartOctets).contains(local.utf8.count),
            let ascii = asciiDomain(domain)
        else { return nil }
        return "\(fold(local))@\(ascii)"
    }

    /// Lower case in NFC. A sigma has two small forms and one capital, so that the small ones have to be one too.
    private static func fold(_ local: Substring) -> String {
        local.lowercased().replacing("ς", with: "σ").precomposedStringWithCanonicalMapping
    }

    /// RFC 5322 `dot-atom-text`, with the non-ASCII letters, digits, marks and symbols that RFC 6531 adds.
    private static func isDotAtom(_ local: Substring) -> Bool {
        let atoms = local.split(separator: ".", omittingEmptySubsequences: false)
        return atoms.allSatisfy { !$0.isEmpty && $0.unicodeScalars.allSatisfy(isAtomText) }
    }

    private static let atomSpecials = Set("!#$%&'*+-/=?^_`{|}~".unicodeScalars)

    private static func isAtomText(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII {
            return scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || atomSpecials.contains(scalar)
        }
        return isVisible(scalar)
    }

    private static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator, .spaceSeparator:
            return false
        default: return true
        }
    }

    /// The domain in lower case with international labels in their `xn--` form (IDNA, by way of the URL parser); nil where it is no
    /// domain of at least two labels.
    private static func asciiDomain(_ domain: Substring) -> String? {
        var ascii = domain.lowercased()
        if !ascii.utf8.allSatisfy({ $0 < 0x80 }) {
            // IDNA drops some invisible characters, but the address as typed, to which mail is sent, would keep them.
            guard ascii.unicodeScalars.allSatisfy({ $0.isASCII || isVisible($0) }) else { return nil }
            var components = URLComponents()
            components.scheme = "https"
            components.host = ascii.precomposedStringWithCanonicalMapping
            guard let encoded = components.encodedHost, encoded.utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
            ascii = encoded.lowercased()
        }
        let labels = ascii.split(separator: ".", omittingEmptySubsequences: false)
        guard labels.count >= 2, ascii.utf8.count <= 253, labels.allSatisfy(isLabel),
            labels.last?.contains(where: \.isLetter) == true
        else {
            return nil
        }
        return ascii
    }

    private static func isLabel(_ label: Substring) -> Bool {
        (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
            && label.utf8.allSatisfy { byte in
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                    || byte == UInt8(ascii: "-")
            }
    }
}
