/// Ids of `a` to `z`, digits and hyphens, each given once.
struct SlugBook {
    private var given: Set<String> = []
    private var next: [String: Int] = [:]

    private static let longest = 60

    init() {}

    mutating func slug(for text: String) -> String {
        let base = Self.base(text)
        if given.insert(base).inserted { return base }
        while true {
            let number = next[base, default: 2]
            next[base] = number + 1
            let slug = "\(base)-\(number)"
            if given.insert(slug).inserted { return slug }
        }
    }

    private static func base(_ text: String) -> String {
        var base = ""
        for byte in text.utf8.prefix(4 * longest) where base.utf8.count < longest {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"):
                base.unicodeScalars.append(Unicode.Scalar(byte))
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): base.unicodeScalars.append(Unicode.Scalar(byte + 32))
            default: if !base.isEmpty && !base.hasSuffix("-") { base += "-" }
            }
        }
        while base.hasSuffix("-") { base.removeLast() }
        return base.isEmpty ? "part" : base
    }
}
