import Accounts
import Foundation

/// An address as SMTP commands and header fields carry it: the part before the @ as typed, the domain in its A-label form.
struct EnvelopeAddress: Hashable, Sendable {
    let value: String

    /// - Throws: ``RenderingError/unusableAddress`` for anything that could end a command or a header field. What was checked
    ///   when it was stored never does; this holds for a store that somebody changed, too.
    init(_ address: EmailAddress) throws(RenderingError) {
        guard let at = address.value.lastIndex(of: "@"), let domainStart = address.key.lastIndex(of: "@") else {
            throw .unusableAddress
        }
        let local = String(address.value[..<at]).precomposedStringWithCanonicalMapping
        let domain = address.key[address.key.index(after: domainStart)...]
        guard !local.isEmpty, !domain.isEmpty, local.unicodeScalars.allSatisfy(Self.isPlain),
            domain.unicodeScalars.allSatisfy({ $0.isASCII && Self.isPlain($0) })
        else { throw .unusableAddress }
        value = "\(local)@\(domain)"
    }

    /// Whether any server takes it; otherwise only one that offers SMTPUTF8 (RFC 6531).
    var isASCII: Bool { value.utf8.allSatisfy { $0 < 0x80 } }

    /// In ASCII.
    var domain: Substring { value[value.index(after: value.lastIndex(of: "@") ?? value.startIndex)...] }

    private static let specials = Set("<>()[]\\,;:\"@ ".unicodeScalars)

    private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .spaceSeparator, .surrogate: false
        default: !specials.contains(scalar)
        }
    }
}
