import Accounts
import Foundation
import Testing

@Suite("The colours that follow from an accent")
struct AccentPaletteTests {
    /// Every corner and much between them, and the awkward ones.
    private static let colors: [AccentColor] = {
        let parts = stride(from: 0, through: 255, by: 51).map(UInt8.init)
        let grid = parts.flatMap { red in
            parts.flatMap { green in parts.map { AccentColor(red: red, green: green, blue: $0) } }
        }
        return grid
            + ["#767676", "#777777", "#ffff00", "#00ffff", "#0b5f7a", "#fffffe", "#000001"].compactMap { AccentColor($0) }
    }()

    private static let light = ["#ffffff", "#f6f7f9", "#f3f5f8"].compactMap { AccentColor($0) }
    private static let dark = ["#0e151c", "#11151c", "#17212b", "#1b212c"].compactMap { AccentColor($0) }

    @Test("every colour can be read on every ground, as text, as a button and on its tint")
    func contrast() {
        #expect(Self.colors.count > 200)
        for color in Self.colors {
            let palette = AccentPalette(color)
            for (variant, grounds) in [(palette.light, Self.light), (palette.dark, Self.dark)] {
                for text in [variant.accent, variant.strong] {
                    for ground in grounds + [variant.tint, variant.onAccent] {
                        #expect(text.contrast(with: ground) >= 4.5, "\(text) on \(ground), from \(color)")
                    }
                }
            }
        }
    }

    @Test("text of the pages can be read on every tint")
    func tints() throws {
        let (lightInk, lightSoft) = (try #require(AccentColor("#14202e")), try #require(AccentColor("#4a5a6b")))
        let (darkInk, darkSoft) = (try #require(AccentColor("#eef3f7")), try #require(AccentColor("#a9b8c6")))
        for color in Self.colors {
            let palette = AccentPalette(color)
            for text in [lightInk, lightSoft] { #expect(text.contrast(with: palette.light.tint) >= 4.5, "from \(color)") }
            for text in [darkInk, darkSoft] { #expect(text.contrast(with: palette.dark.tint) >= 4.5, "from \(color)") }
        }
    }

    @Test("a colour that can be read already stays as it is")
    func unchanged() throws {
        let dark = try #require(AccentColor("#0b5f7a"))
        #expect(AccentPalette(dark).light.accent == dark)
        let bright = try #require(AccentColor("#7fd0e6"))
        #expect(AccentPalette(bright).dark.accent == bright)
        #expect(AccentPalette(bright).light.accent != bright && AccentPalette(dark).dark.accent != dark)
    }

    @Test(
        "a colour is read in the two forms of the contract, and in no other",
        arguments: [
            ("#0b5f7a", "#0b5f7a"), ("#07A", "#0077aa"), ("#FFF", "#ffffff"), ("0b5f7a", nil), ("#0b5f7", nil), ("#0b5f7a0", nil),
            ("#gggggg", nil), ("#", nil), ("", nil), ("#07a;}", nil), ("red", nil), ("#０７ａ", nil), ("# 07a", nil),
            ("#+07a+0", nil),
        ])
    func reading(text: String, expected: String?) {
        #expect(AccentColor(text)?.description == expected)
    }
}
