import Accounts

extension PortalLook {
    /// The stylesheet that puts the portal's own accent in the place of the usual one; nil where it has none.
    public var accentStylesheet: PageAsset? {
        guard accent != nil else { return nil }
        return PageAsset(
            "accent", "css", contentType: "text/css; charset=utf-8", bytes: Array(accentRules(for: ":root").utf8))
    }

    /// Rules that set the properties of the pages' stylesheet that follow from the accent, and nothing else; none without an accent.
    ///
    /// - Parameter selector: of the element in which they hold.
    public func accentRules(for selector: String) -> String {
        guard let palette = accent.map(AccentPalette.init) else { return "" }
        return """
            \(selector) {
            \(Self.properties(palette.light))
            }
            @media (prefers-color-scheme: dark) {
            \(selector) {
            \(Self.properties(palette.dark))
            }
            }

            """
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
