/// What somebody looks for in a catalog: words, each of which has to be found.
public struct CatalogSearch: Hashable, Sendable {
    /// The most characters of a search that are looked at.
    public static let maximumLength = 200
    /// The most words that are looked at.
    public static let maximumWords = 10
    /// How many APIs that match are counted; beyond that a total says so many, and there are more.
    public static let countedMatches = 100
    /// Shorter words are looked for in names, versions, slugs and descriptions, and not in documents, because no index finds them.
    public static let shortestIndexedWord = 3

    /// In the form of ``PublishedAPI/key(of:)``.
    public let words: [String]
    /// The words with one space between them, for names that begin so.
    public let phrase: String

    /// - Returns: nil where there is nothing to look for.
    public init?(_ text: String) {
        let letters = text.unicodeScalars.prefix(Self.maximumLength).map { FullName.isAllowed($0) ? $0 : " " }
        let key = PublishedAPI.key(of: String(String.UnicodeScalarView(letters)))
        words = key.split(whereSeparator: \.isWhitespace).prefix(Self.maximumWords).map(String.init)
        guard !words.isEmpty else { return nil }
        phrase = words.joined(separator: " ")
    }

    public var longWords: [String] { words.filter { $0.unicodeScalars.count >= Self.shortestIndexedWord } }
    public var shortWords: [String] { words.filter { $0.unicodeScalars.count < Self.shortestIndexedWord } }

    /// How well an API's name fits: the smaller, the earlier; nil where the words are not all in the name.
    public func rank(ofName name: String) -> Int? {
        let key = PublishedAPI.key(of: name)
        if key.utf8.starts(with: phrase.utf8) { return 0 }
        return words.allSatisfy { key.utf8.contains($0.utf8) } ? 1 : nil
    }

    /// Whether each word is where it is looked for; what a store's queries have to agree with.
    public func finds(_ api: PublishedAPI, document: [String]) -> Bool {
        let own = [api.name, api.slug, api.version, api.description].compactMap { $0 }.map(PublishedAPI.key)
        let all = own + document.map(PublishedAPI.key)
        return longWords.allSatisfy { word in all.contains { $0.utf8.contains(word.utf8) } }
            && shortWords.allSatisfy { word in own.contains { $0.utf8.contains(word.utf8) } }
    }

    /// Whether an API itself is a finding: each word stands in what is said of it as a whole.
    public func finds(_ api: PublishedAPI) -> Bool { finds(api, document: []) }

    /// Whether an operation is a finding; by short words alone none is.
    public func finds(_ operation: SpecificationOperation) -> Bool {
        let keys = operation.searched.map(PublishedAPI.key)
        return !longWords.isEmpty && words.allSatisfy { word in keys.contains { $0.utf8.contains(word.utf8) } }
    }
}
