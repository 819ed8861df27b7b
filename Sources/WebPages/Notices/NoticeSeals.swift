import Accounts
import Crypto
import Foundation
import HTTPTypes
import Hummingbird

/// Sees to it that a page tells of something done only where it was done: once, directly after the form, and in the browser that sent it.
///
/// What a notice says stands in the page's address: `/account?done=password`. Anybody can send anybody an address; so the answer to a form
/// also gives the browser a cookie, for a minute, with a keyed hash of the address (HMAC-SHA256). A page whose address tells of something
/// and that is asked for without its cookie is led to the same address without that. Nothing is stored.
public struct NoticeSeals: Sendable {
    public static let cookieName = "portalnotice"
    /// What tells of something done in the query of an address. Pages use no other.
    public static let fields: Set<String> = ["done", "sent", "accountDeleted"]
    static let lifetimeSeconds: Int64 = 60

    private let key: SymmetricKey
    private let clock: any WallClock

    /// - Parameter key: as of ``FormTokens``; both are only good for what they were made for.
    public init(key: SymmetricKey, clock: any WallClock) {
        self.key = key
        self.clock = clock
    }

    /// The address without what tells of something done; nil where it tells of nothing.
    static func silenced(_ target: String) -> String? {
        let halves = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        guard halves.count == 2 else { return nil }
        let pairs = halves[1].split(separator: "&", omittingEmptySubsequences: false)
        let kept = pairs.filter { pair in !fields.contains(String(pair.prefix { $0 != "=" })) }
        guard kept.count < pairs.count else { return nil }
        return kept.isEmpty ? String(halves[0]) : "\(halves[0])?\(kept.joined(separator: "&"))"
    }

    /// What a browser keeps of an address that tells of something done.
    func cookie(for target: String) -> HTTPField {
        let end = clock.now.milliseconds / 1000 + Self.lifetimeSeconds
        let code = HMAC<SHA256>.authenticationCode(for: Self.message(target, end), using: key)
        return Self.cookie("\(end).\(Hexadecimal.text(code))", lifetime: Self.lifetimeSeconds)
    }

    /// Whether the browser was given this address by the answer to a form, less than a minute ago. Compared in constant time.
    func accept(_ target: String, from request: Request) -> Bool {
        guard let value = request.cookies[Self.cookieName]?.value else { return false }
        let halves = value.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard halves.count == 2, let end = Int64(halves[0]), let code = Self.bytes(ofHexadecimal: halves[1]),
            end >= clock.now.milliseconds / 1000
        else { return false }
        return HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: Self.message(target, end), using: key)
    }

    static let clearing = cookie("", lifetime: 0)

    private static func cookie(_ value: String, lifetime: Int64) -> HTTPField {
        HTTPField(
            name: .setCookie, value: "\(cookieName)=\(value); Path=/; Max-Age=\(lifetime); HttpOnly; Secure; SameSite=Lax")
    }

    private static func message(_ target: String, _ end: Int64) -> Data { Data("portolan notice\n\(end)\n\(target)".utf8) }

    private static func bytes(ofHexadecimal text: Substring) -> [UInt8]? {
        let digits = text.utf8.compactMap { Character(UnicodeScalar($0)).hexDigitValue }
        guard digits.count == text.utf8.count, digits.count == 2 * SHA256.byteCount else { return nil }
        return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }
}
