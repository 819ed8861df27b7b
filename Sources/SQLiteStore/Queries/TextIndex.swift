import Accounts

/// What SQLite's indexes of every three characters take.
enum TextIndex {
    /// Whether a text is long enough to be found.
    static func finds(_ text: String) -> Bool {
        text.unicodeScalars.count >= CatalogSearch.shortestIndexedWord && !text.unicodeScalars.contains("\0")
    }

    /// A text as a query has it.
    static func quoted(_ text: String) -> String { "\"\(text.replacing("\"", with: "\"\""))\"" }
}
