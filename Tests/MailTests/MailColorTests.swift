import Accounts
import Testing

@testable import Mail

@Suite("The colours of a mail")
struct MailColorTests {
    @Test("every text has the contrast of WCAG AA in the light and in the dark look", arguments: [false, true])
    func contrast(dark: Bool) throws {
        for content in Samples.contents() {
            let page = try StyledPage(Letter(MailWording(Samples.mail(content).message)).html, dark: dark)
            #expect(page.colors.count >= 7)
            for colors in page.colors {
                let ratio = StyledPage.contrast(colors.text, colors.background)
                #expect(ratio >= 4.5, "\(colors.text) on \(colors.background) in <\(colors.element)>")
            }
        }
    }

    @Test("the dark look changes every pair of colours, and the reader of them sees a bad one")
    func reader() throws {
        let html = try Letter(MailWording(Samples.mail().message)).html
        let (light, dark) = (try StyledPage(html, dark: false).colors, try StyledPage(html, dark: true).colors)
        #expect(light.count == dark.count)
        for (one, other) in zip(light, dark) { #expect(one.text != other.text && one.background != other.background) }
        let pairs = Set(dark.map { "\($0.text) on \($0.background)" })
        #expect(pairs.contains("#8ab4ff on #1b212c") && pairs.contains("#a4afbf on #11151c"))
        let worse = try StyledPage(html.replacing("#5b6675", with: "#c0c0c0"), dark: false)
        #expect(worse.colors.contains { StyledPage.contrast($0.text, $0.background) < 4.5 })
        #expect(StyledPage.contrast("#000000", "#ffffff") == 21)
    }
}
