import Foundation

/// A developer's name, 1 to 250 Unicode code points, in any script.
///
/// Control characters, line separators and the invisible characters that reverse the direction of text are refused, so that a
/// name can neither end a mail header nor disguise what stands beside it.
public struct FullName: Hashable, Sendable, CustomStringConvertible {
    public static let maximumLength = 250

    public let value: String

    /// The form in which names are searched and sorted: lower case in NFC.
    public var key: String { Self.key(of: value) }

    /// Any text in the form of ``key``.
    public static func key(of text: String) -> String { text.lowercased().precomposedStringWithCanonicalMapping }

    /// - Throws: ``FieldError`` for the field `full_name`.
    public init(_ text: String, field: String = "full_name") throws {
        guard text.unicodeScalars.allSatisfy(Self.isAllowed) else {
            throw FieldError.invalid(field, because: .controlCharacters)
        }
        let trimmed = text.trimmingCharacters(in: .whitespaces)
        guard trimmed.unicodeScalars.contains(where: Self.isVisible) else { throw FieldError.required(field) }
        guard trimmed.unicodeScalars.count <= Self.maximumLength else {
            throw FieldError.tooLong(field, maximum: Self.maximumLength)
        }
        value = trimmed
    }

    /// Takes a name that was checked when it was stored.
    public init(stored value: String) { self.value = value }

    public var description: String { value }

    private static let directionControls: Set<Unicode.Scalar> = [
        "\u{202A}", "\u{202B}", "\u{202C}", "\u{202D}", "\u{202E}", "\u{2066}", "\u{2067}", "\u{2068}", "\u{2069}",
    ]

    /// Joiners and other invisible marks belong into names of many scripts, but do not make one.
    private static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.generalCategory != .format && !scalar.properties.isWhitespace
    }

    static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator, .surrogate: false
        default: !directionControls.contains(scalar)
        }
    }
}
