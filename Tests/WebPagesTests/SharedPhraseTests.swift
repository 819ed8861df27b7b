import PagesTesting
import Testing

@Suite("The phrases that portals and the console share")
struct SharedPhraseTests {
    private let phrases = PhraseUse(of: "common", in: ["WebPages", "PortalPages", "ConsolePages"])

    @Test("every phrase that a page uses is in the phrasebook, and none there is unused")
    func both() throws {
        let (used, kept) = (try phrases.used(), phrases.kept())
        #expect(used.count > 10)
        #expect(used.subtracting(kept).sorted() == [], "missing in the phrasebook")
        #expect(kept.subtracting(used).sorted() == [], "used by no page")
    }

    @Test("no template says anything by itself")
    func templates() throws { #expect(try PhraseUse(of: "common", in: ["WebPages"]).wordsInTemplates() == []) }
}
