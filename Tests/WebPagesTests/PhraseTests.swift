import PagesTesting
import Testing

@Suite("The phrases that pages use")
struct PhraseTests {
    /// Whose phrases, as their names begin.
    enum Owner: String, CaseIterable {
        case common, portal, console

        var phrases: PhraseUse {
            switch self {
            case .common: PhraseUse(of: rawValue, in: ["WebPages", "PortalPages", "ConsolePages"])
            case .portal, .console: PhraseUse(of: rawValue, in: [pages], errors: "\(rawValue).errors")
            }
        }

        /// The target that has the templates.
        var pages: String {
            switch self {
            case .common: "WebPages"
            case .portal: "PortalPages"
            case .console: "ConsolePages"
            }
        }

        /// So many there are at least, or they were not found.
        var fewest: Int { self == .common ? 10 : 100 }
    }

    @Test("every phrase that a page uses is in the phrasebook, and none there is unused", arguments: Owner.allCases)
    func both(owner: Owner) throws {
        let (used, kept) = (try owner.phrases.used(), owner.phrases.kept())
        #expect(used.count > owner.fewest)
        #expect(used.subtracting(kept).sorted() == [], "missing in the phrasebook")
        #expect(kept.subtracting(used).sorted() == [], "used by no page")
    }

    @Test("no template says anything by itself", arguments: Owner.allCases)
    func templates(owner: Owner) throws {
        #expect(try PhraseUse(of: owner.rawValue, in: [owner.pages]).wordsInTemplates() == [])
    }
}
