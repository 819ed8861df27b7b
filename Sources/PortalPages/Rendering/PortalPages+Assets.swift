import HTTPTypes
import Hummingbird
import WebPages

extension PortalPages {
    /// The pages' one stylesheet.
    static let stylesheet = PageAsset(
        "portal", "css", contentType: "text/css; charset=utf-8", bytes: PackageResources.portal_css)

    func addAssets(to pages: RouterGroup<PageRequestContext>) {
        pages.page("assets", get: missingPage, hasPagesBelow: true)
        pages.page("assets/{name}", get: asset)
        pages.page("favicon.svg", get: icon)
    }

    @Sendable private func asset(_ request: Request, context: PageRequestContext) async throws -> Response {
        guard context.parameters.get("name") == Self.stylesheet.name else { throw HTTPError(.notFound) }
        return Self.stylesheet.response
    }

    @Sendable private func icon(_ request: Request, context: PageRequestContext) async throws -> Response {
        Response(
            status: .ok, headers: [.contentType: "image/svg+xml", .cacheControl: "public, max-age=86400"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: PackageResources.favicon_svg)))
    }
}
