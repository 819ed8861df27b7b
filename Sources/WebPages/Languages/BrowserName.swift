import Languages

/// A browser in a few words, from what it calls itself: "Firefox on Linux".
///
/// Anybody can send anything as a name, so only words of this list are ever shown.
public struct BrowserName: Sendable {
    public let words: String

    public init(agent: String?, in book: Phrasebook) {
        guard let agent, let browser = Self.first(of: Self.browsers, in: agent) else {
            words = book["common.browsers.unknown"]
            return
        }
        let system = Self.first(of: Self.systems, in: agent)
        words = system.map { book.text("common.browsers.onSystem", ["browser": browser, "system": $0]) } ?? browser
    }

    /// What tells a browser; those that name others as well, for compatibility, stand before them.
    private static let browsers = [
        ("Edg/", "Edge"), ("EdgA/", "Edge"), ("EdgiOS/", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser/", "Samsung Internet"),
        ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"), ("Chrome/", "Chrome"), ("CriOS/", "Chrome"), ("Safari/", "Safari"),
    ]

    private static let systems = [
        ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("CrOS", "ChromeOS"),
        ("Mac OS X", "macOS"), ("Linux", "Linux"),
    ]

    private static func first(of marks: [(mark: String, word: String)], in agent: String) -> String? {
        marks.first { agent.contains($0.mark) }?.word
    }
}
