import HTTPTypes
import Hummingbird

/// The random value of 128 bits that a browser keeps for the forms of a portal; all forms of a page share it.
public struct FormNonce: Sendable {
    public static let cookieName = "portalform"
    private static let length = 32

    public let value: String
    /// What the browser has to keep; empty where it does already.
    public let cookies: [HTTPField]

    /// What the browser keeps, or a new one where it keeps none of ours.
    public init(for request: Request) {
        if let kept = FormNonce(keptBy: request) {
            self = kept
            return
        }
        var random = SystemRandomNumberGenerator()
        let digits = (0..<Self.length).map { _ in String(UInt8.random(in: 0..<16, using: &random), radix: 16) }.joined()
        value = digits
        cookies = [
            HTTPField(name: .setCookie, value: "\(Self.cookieName)=\(digits); Path=/; HttpOnly; Secure; SameSite=Lax")
        ]
    }

    /// What the browser keeps; nil where it keeps none, or none of ours.
    public init?(keptBy request: Request) {
        guard let value = request.cookies[Self.cookieName]?.value, value.utf8.count == Self.length,
            value.utf8.allSatisfy({ Character(UnicodeScalar($0)).isHexDigit })
        else { return nil }
        self.value = value
        cookies = []
    }
}
