import Foundation
import Geography

/// What a browser keeps while its person is at a provider: a value that names the geo and binds to this browser, and its attempts, the
/// newest first, each sealed for one `state`, one browser and one portal.
struct SignOnBrowser {
    /// The most attempts that a browser has at once, as of many tabs.
    static let mostAttempts = 8
    /// Browsers keep cookies of 4096 bytes, with name and attributes (RFC 6265, section 6.1).
    static let maximumLength = 3800

    let id: GeoUUID
    private(set) var attempts: [SealedText]

    init(id: GeoUUID) {
        self.id = id
        attempts = []
    }

    /// - Returns: nil for what no browser was given to keep by a geo.
    init?(_ text: String?) {
        guard let text, text.utf8.count <= 2 * Self.maximumLength else { return nil }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count <= Self.mostAttempts + 1, let first = parts.first, let id = GeoUUID(first) else { return nil }
        self.id = id
        attempts = parts.dropFirst().compactMap { part in
            let standard = part.replacing("-", with: "+").replacing("_", with: "/")
            let padding = String(repeating: "=", count: (4 - standard.utf8.count % 4) % 4)
            return Data(base64Encoded: standard + padding).map { SealedText(Array($0)) }
        }
    }

    /// The newest comes in, and the oldest go that there is no room for.
    mutating func add(_ attempt: SealedText) {
        attempts = Array(([attempt] + attempts).prefix(Self.mostAttempts))
        while attempts.count > 1, text.utf8.count > Self.maximumLength { attempts.removeLast() }
    }

    var text: String {
        ([id.description]
            + attempts.map { attempt in
                Data(attempt.bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing(
                    "=", with: "")
            }).joined(separator: ".")
    }
}
