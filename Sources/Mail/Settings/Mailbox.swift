import Accounts

/// The sender of a geo's mails: an address and the name that people read beside it.
///
/// ```
/// Acme Developer Portal <no-reply@acme.example>
/// ```
public struct Mailbox: Hashable, Sendable, CustomStringConvertible {
    public static let maximumNameLength = 250

    /// In any script; nil where the mail shows the bare address.
    public let displayName: String?
    let address: EnvelopeAddress

    /// Reads `Name <address>`, `"Name" <address>` or a bare address.
    ///
    /// - Throws: ``MailboxError``. The part before the @ must be ASCII, because not every server takes another sender.
    public init(_ text: String) throws(MailboxError) {
        let trimmed = text.trimmingSpaces
        guard trimmed == trimmed.onOneLine else { throw .invalid(text) }
        var name: Substring = ""
        var address = trimmed[...]
        if trimmed.hasSuffix(">") {
            guard let bracket = trimmed.lastIndex(of: "<") else { throw .invalid(text) }
            name = trimmed[..<bracket]
            address = trimmed[trimmed.index(after: bracket)...].dropLast()
        }
        guard let email = try? EmailAddress(String(address)), let envelope = try? EnvelopeAddress(email) else {
            throw .invalid(text)
        }
        guard envelope.isASCII else { throw .internationalLocalPart(text) }
        guard let displayName = Self.unquoted(String(name).trimmingSpaces) else { throw .invalid(text) }
        guard displayName.unicodeScalars.count <= Self.maximumNameLength else { throw .nameTooLong(text) }
        self.displayName = displayName.isEmpty ? nil : displayName
        self.address = envelope
    }

    /// A portal's: its name and its address, each where it has one.
    ///
    /// - Throws: ``RenderingError/unusableAddress`` for an address that could end a header field.
    init(displayName: String?, address: EmailAddress) throws(RenderingError) {
        self.displayName = displayName
        self.address = try EnvelopeAddress(address)
    }

    /// The same address under another name.
    func named(_ name: String) -> Mailbox { Mailbox(displayName: name, address: address) }

    private init(displayName: String?, address: EnvelopeAddress) {
        self.displayName = displayName
        self.address = address
    }

    public var description: String { displayName.map { "\($0) <\(address.value)>" } ?? address.value }

    /// The name without its quotes (RFC 5322, section 3.2.4); nil for quotes that do not match and for a second address.
    private static func unquoted(_ name: String) -> String? {
        guard name.hasPrefix("\"") else { return name.contains(where: { "<>\"".contains($0) }) ? nil : name }
        guard name.count >= 2, name.hasSuffix("\"") else { return nil }
        var text = ""
        var isEscaped = false
        for character in name.dropFirst().dropLast() {
            if isEscaped || (character != "\\" && character != "\"") {
                text.append(character)
                isEscaped = false
            } else {
                guard character == "\\" else { return nil }
                isEscaped = true
            }
        }
        return isEscaped ? nil : text
    }
}

/// Why a text names no sender.
public enum MailboxError: Error, Equatable, Sendable, CustomStringConvertible {
    case invalid(String)
    case internationalLocalPart(String)
    case nameTooLong(String)

    public var description: String {
        switch self {
        case .invalid(let found):
            "expected a sender such as Acme Developer Portal <no-reply@acme.example>, found \"\(found)\""
        case .internationalLocalPart(let found):
            "expected a sender with ASCII letters before the @, which every server takes, found \"\(found)\""
        case .nameTooLong(let found):
            "expected a sender's name of at most \(Mailbox.maximumNameLength) characters, found \(found.unicodeScalars.count)"
        }
    }
}
