import Hummingbird
import WebPages

extension ConsolePages {
    /// The console's own stylesheet, on top of the one that it shares with portals.
    static let stylesheet = PageAsset(
        "console", "css", contentType: "text/css; charset=utf-8", bytes: PackageResources.console_css)

    private static let assets = [PageAsset.baseStylesheet, stylesheet]

    func addAssets(to pages: RouterGroup<ConsoleRequestContext>) {
        pages.page(
            "assets/{name}",
            get: { _, context in
                guard let asset = Self.assets.first(where: { $0.name == context.parameters.get("name") }) else {
                    throw HTTPError(.notFound)
                }
                return asset.response
            }, hasPagesBelow: true)
        pages.page("favicon.svg", get: { _, _ in PageAsset.iconResponse }, hasPagesBelow: true)
        pages.page(
            "language/{tag}",
            get: { request, context in
                LanguageSwitch.choosing(try LanguageSwitch.language(context.parameters.get("tag")), from: request)
            },
            hasPagesBelow: true)
    }
}
