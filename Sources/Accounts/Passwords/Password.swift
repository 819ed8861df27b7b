import Foundation

/// A password that fulfils the rules, in Unicode NFC (RFC 8265, OpaqueString), never printed.
///
/// 8 to 128 characters, counted as Unicode code points; no rule about their kinds (NIST SP 800-63B, section 5.1.1.2; OWASP
/// ASVS 2.1.1 to 2.1.9); not one of the most used passwords; not the developer's address or name.
public struct Password: Sendable, CustomStringConvertible, CustomDebugStringConvertible {
    public static let minimumLength = 8
    public static let maximumLength = 128

    let text: String

    /// - Throws: ``FieldError`` for the field `password`, saying which rule failed.
    public init(_ text: String, for developer: Developer, field: String = "password") throws {
        try self.init(text, notAmong: Self.personal(developer.email).union(Self.personal(developer.fullName)), field: field)
    }

    /// - Throws: as for a developer.
    init(_ text: String, for admin: Admin, field: String = "password") throws {
        try self.init(text, notAmong: Self.personal(admin.email), field: field)
    }

    private init(_ text: String, notAmong personal: Set<String>, field: String) throws {
        guard !Self.isBeyondLimits(text) else { throw FieldError.tooLong(field, maximum: Self.maximumLength) }
        let normal = text.precomposedStringWithCanonicalMapping
        let length = normal.unicodeScalars.count
        guard length >= Self.minimumLength else { throw FieldError.tooShort(field, minimum: Self.minimumLength) }
        guard length <= Self.maximumLength else { throw FieldError.tooLong(field, maximum: Self.maximumLength) }
        let folded = normal.lowercased()
        guard !CommonPasswords.contains(folded) else {
            throw FieldError.invalid(field, because: .mostUsedPassword)
        }
        guard !personal.contains(folded) else {
            throw FieldError.invalid(field, because: .nameOrAddressAsPassword)
        }
        self.text = normal
    }

    public var description: String { "(a password)" }
    public var debugDescription: String { description }

    /// Whether a text is too long whatever its normal form is, which for a long text takes long to find. The normal form may be
    /// shorter, by four to one at most.
    static func isBeyondLimits(_ text: String) -> Bool { text.unicodeScalars.count > 4 * maximumLength }

    private static func personal(_ email: EmailAddress) -> Set<String> {
        let address = email.key
        return [
            address, email.value.lowercased().precomposedStringWithCanonicalMapping, String(address.prefix { $0 != "@" }),
        ]
    }

    private static func personal(_ fullName: FullName) -> Set<String> {
        let name = fullName.value.lowercased().precomposedStringWithCanonicalMapping
        return [name, name.replacingOccurrences(of: " ", with: "")]
    }
}

/// What somebody typed as a password at log-in, not yet known to be right.
public struct PasswordCandidate: Sendable, CustomStringConvertible, CustomDebugStringConvertible {
    let text: String
    /// Longer than any password can be, so not worth hashing as it is.
    let isTooLong: Bool

    public init(_ text: String) {
        guard !Password.isBeyondLimits(text) else {
            self.text = ""
            isTooLong = true
            return
        }
        self.text = text.precomposedStringWithCanonicalMapping
        isTooLong = self.text.unicodeScalars.count > Password.maximumLength
    }

    public var description: String { "(a password)" }
    public var debugDescription: String { description }
}
