import PagesTesting
import Testing

@Suite("The phrases that the pages of a portal use")
struct PortalPhraseTests {
    private let phrases = PhraseUse(of: "portal", in: ["PortalPages"], errors: "portal.errors")

    @Test("every phrase that a page uses is in the phrasebook, and none there is unused")
    func both() throws {
        let (used, kept) = (try phrases.used(), phrases.kept())
        #expect(used.count > 100)
        #expect(used.subtracting(kept).sorted() == [], "missing in the phrasebook")
        #expect(kept.subtracting(used).sorted() == [], "used by no page")
    }

    @Test("no template says anything by itself")
    func templates() throws { #expect(try phrases.wordsInTemplates() == []) }
}
