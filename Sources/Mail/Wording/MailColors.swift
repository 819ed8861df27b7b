import Accounts

/// The colours of a mail that follow from its portal's accent; the grounds are the layout's.
struct MailColors {
    let accent: String
    let darkAccent: String
    let onDarkAccent: String

    /// - Parameter color: nil for the usual ones.
    init(_ color: AccentColor?) {
        guard let palette = color.map(AccentPalette.init) else {
            (accent, darkAccent, onDarkAccent) = ("#1d4ed8", "#8ab4ff", "#0b1220")
            return
        }
        accent = palette.light.accent.description
        darkAccent = palette.dark.accent.description
        onDarkAccent = palette.dark.onAccent.description
    }

    var values: [String: any Sendable] {
        ["accent": accent, "darkAccent": darkAccent, "onDarkAccent": onDarkAccent]
    }
}
