/// All texts in one language, by names such as `portal.login.title`.
///
/// ```swift
/// let book = Phrasebook.of(.german)
/// book["portal.login.title"]                       // "Anmelden"
/// book.text("portal.catalog.nothing", ["search": "payments"])
/// book.text("portal.catalog.count", count: 3)      // from portal.catalog.count.one or .other
/// ```
/// Templates show a text as `{{words.portal.login.title}}`. Values stand in texts as `{name}`.
public struct Phrasebook: Sendable {
    public let language: Language
    /// The texts as a tree, for templates.
    public let words: [String: any Sendable]
    private let texts: [String: String]

    /// The texts of a language; the same object for everybody, read at first use.
    public static func of(_ language: Language) -> Phrasebook { books[language] ?? Phrasebook(language, texts: [:]) }

    private static let books = Dictionary(
        uniqueKeysWithValues: Language.allCases.map { ($0, Phrasebook($0, texts: PhraseFiles.texts(in: $0))) })

    init(_ language: Language, texts: [String: String]) {
        self.language = language
        self.texts = texts
        words = Self.tree(of: texts.map { ($0.key.split(separator: ".").map(String.init)[...], $0.value) })
    }

    /// The names of all texts.
    public var names: [String] { texts.keys.sorted() }

    /// The text of a name. One that is missing is shown as its name in brackets, which no test lets pass.
    public subscript(_ name: String) -> String { texts[name] ?? "⟦\(name)⟧" }

    /// The text of a name; nil where there is none.
    func phrase(_ name: String) -> String? { texts[name] }

    /// A text with values in it.
    public func text(_ name: String, _ values: [String: String] = [:]) -> String { Self.filled(self[name], with: values) }

    /// The form of a text that goes with a number, which stands in it as `{count}`.
    public func text(_ name: String, count: Int, _ values: [String: String] = [:]) -> String {
        let plural = language.plural(of: count)
        let form = texts["\(name).\(plural.rawValue)"] ?? self["\(name).\(Language.Plural.other.rawValue)"]
        return Self.filled(form, with: values.merging(["count": number(count)]) { given, _ in given })
    }

    /// Values are put in once: what looks like a place in a value stays as it is.
    static func filled(_ text: String, with values: [String: String]) -> String {
        guard !values.isEmpty else { return text }
        var filled = ""
        var rest = text[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            let name = String(rest[rest.index(after: open)..<close])
            filled += rest[..<open] + (values[name] ?? "{\(name)}")
            rest = rest[rest.index(after: close)...]
        }
        return filled + rest
    }

    private static func tree(of texts: [(path: ArraySlice<String>, text: String)]) -> [String: any Sendable] {
        Dictionary(grouping: texts) { $0.path.first ?? "" }.mapValues { below -> any Sendable in
            if below.count == 1, below[0].path.count <= 1 { return below[0].text }
            return tree(of: below.map { ($0.path.dropFirst(), $0.text) })
        }
    }
}
