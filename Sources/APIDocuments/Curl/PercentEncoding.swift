/// Percent-encodes texts for URLs (RFC 3986).
enum PercentEncoding {
    private static let unreserved = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~".utf8)
    /// What may stand in a URL that is whole, and the braces of what a caller fills in.
    private static let kept = unreserved.union(":/?#[]@!$&()*+,;=%{}".utf8)

    /// A part of a URL, in which nothing may mean anything.
    static func component(_ text: String) -> String { encoded(text, keeping: unreserved) }

    /// A URL as far as it is one already.
    static func address(_ text: String) -> String { encoded(text, keeping: kept) }

    private static func encoded(_ text: String, keeping: Set<UInt8>) -> String {
        var encoded: [UInt8] = []
        for byte in text.utf8 {
            if keeping.contains(byte) {
                encoded.append(byte)
            } else {
                let digits = String(byte, radix: 16, uppercase: true)
                encoded += Array((byte < 16 ? "%0" : "%").utf8) + Array(digits.utf8)
            }
        }
        return String(decoding: encoded, as: UTF8.self)
    }
}
