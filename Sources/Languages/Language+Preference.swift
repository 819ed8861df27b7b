extension Language {
    /// More wishes than this are not read.
    private static let maximumWishes = 32

    /// The best of these languages for an `Accept-Language` field (RFC 9110, section 12.5.4); nil where none is wished for.
    ///
    /// A wish for a region (`de-AT`) is met by its language, and `*` by the ``fallback``. Of equal wishes the first counts.
    public init?(preferredBy acceptLanguage: String) {
        var best: (language: Language, weight: Double)?
        for wish in acceptLanguage.split(separator: ",").prefix(Self.maximumWishes) {
            let parts = wish.split(separator: ";").map { $0.filter { !$0.isWhitespace } }
            guard let range = parts.first, let language = Self.language(for: range) else { continue }
            let weight = parts.dropFirst().first { $0.hasPrefix("q=") }.map { Double($0.dropFirst(2)) ?? 0 } ?? 1
            guard weight > best?.weight ?? 0, weight <= 1 else { continue }
            best = (language, weight)
        }
        guard let best else { return nil }
        self = best.language
    }

    private static func language(for range: String) -> Language? {
        if range == "*" { return .fallback }
        return Language(rawValue: range.prefix { $0 != "-" }.lowercased())
    }
}
