import Accounts
import Foundation
import JWTKit

/// Any JSON in a token.
enum ClaimValue: Codable, Hashable, Sendable {
    case null
    case boolean(Bool)
    case number(Double)
    case text(String)
    case list([ClaimValue])
    case object([String: ClaimValue])

    init(from decoder: any Decoder) throws {
        guard decoder.codingPath.count <= Self.deepest else {
            self = .null
            return
        }
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .boolean(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .text(value)
        } else if let value = try? container.decode([ClaimValue].self) {
            self = .list(value)
        } else {
            self = .object(try container.decode([String: ClaimValue].self))
        }
    }

    /// Nothing that is looked at lies deeper; and each level doubles the work of what is tried above.
    private static let deepest = 4

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .boolean(let value): try container.encode(value)
        case .number(let value): try container.encode(value)
        case .text(let value): try container.encode(value)
        case .list(let value): try container.encode(value)
        case .object(let value): try container.encode(value)
        }
    }

    var text: String? {
        guard case .text(let text) = self else { return nil }
        return text
    }

    /// Texts in a list, or one alone.
    var texts: [String] {
        switch self {
        case .text(let text): [text]
        case .list(let values): values.compactMap(\.text)
        default: []
        }
    }

    /// As ``texts``; an object means the names of its members, as Zitadel's roles do.
    var names: [String] {
        guard case .object(let members) = self else { return texts }
        return members.keys.sorted()
    }
}

/// What a token, or a userinfo answer, says.
struct TokenClaims: JWTPayload, Hashable {
    private let claims: [String: ClaimValue]

    init(_ claims: [String: ClaimValue]) { self.claims = claims }

    init(from decoder: any Decoder) throws { claims = try [String: ClaimValue](from: decoder) }

    func encode(to encoder: any Encoder) throws { try claims.encode(to: encoder) }

    /// The signature is all that the library judges; the claims are judged where the reasons have names.
    func verify(using algorithm: some JWTAlgorithm) throws {}

    /// With what another answer about the same person tells and this one does not; that an address is verified only where it is the same
    /// address.
    func completed(by other: TokenClaims, address: String) -> TokenClaims {
        var merged = other.claims.merging(claims.filter { $0.value != .null }) { $1 }
        if let own = mapped(address), own != other.mapped(address) { merged["email_verified"] = claims["email_verified"] }
        return TokenClaims(merged)
    }

    func has(_ name: String) -> Bool { claims[name] != nil && claims[name] != .null }

    /// The claim that an admin has named: the one with this very name, which may have dots as addresses do, or else the way to it through
    /// objects, as in Keycloak's `realm_access.roles`.
    func mapped(_ name: String) -> ClaimValue? {
        if let value = claims[name], value != .null { return value }
        var (value, members) = (ClaimValue?.none, claims)
        for part in name.split(separator: ".", omittingEmptySubsequences: false) {
            value = members[String(part)]
            if case .object(let inner)? = value { members = inner } else { members = [:] }
        }
        return value == .null ? nil : value
    }

    func text(_ name: String) -> String? { claims[name]?.text }

    func texts(_ name: String) -> [String] { claims[name]?.texts ?? [] }

    /// A moment in seconds since 1970 (RFC 7519, section 2, "NumericDate").
    func moment(_ name: String) -> Timestamp? {
        guard case .number(let seconds) = claims[name], (0...253_402_300_799).contains(seconds) else { return nil }
        return Timestamp(milliseconds: Int64(seconds * 1000))
    }

    /// Some providers say "true" in quotes, or 1.
    func truth(_ name: String) -> Bool? {
        switch claims[name] {
        case .boolean(let value): value
        case .text(let text): Bool(text.lowercased())
        case .number(1): true
        case .number(0): false
        default: nil
        }
    }

    func object(_ name: String) -> [String: ClaimValue]? {
        guard case .object(let members) = claims[name] else { return nil }
        return members
    }
}
