import Accounts

extension PortalLook {
    /// The stylesheet that puts the portal's own accent in the place of the usual one; nil where it has none.
    ///
    /// It sets the properties of the pages' stylesheet that follow from the accent, and nothing else.
    public var accentStylesheet: PageAsset? {
        guard let accent else { return nil }
        let palette = AccentPalette(accent)
        let sheet = """
            :root {
            \(Self.properties(palette.light))
            }
            @media (prefers-color-scheme: dark) {
            :root {
            \(Self.properties(palette.dark))
            }
            }

            """
        return PageAsset("accent", "css", contentType: "text/css; charset=utf-8", bytes: Array(sheet.utf8))
    }

    private static func properties(_ variant: AccentPalette.Variant) -> String {
        """
        --accent: \(variant.accent);
        --accent-strong: \(variant.strong);
        --on-accent: \(variant.onAccent);
        --tint: \(variant.tint);
        """
    }
}
