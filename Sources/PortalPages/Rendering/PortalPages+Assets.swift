import HTTPTypes
import Hummingbird

extension PortalPages {
    func addAssets(to pages: RouterGroup<PageRequestContext>) {
        pages.page("assets", get: missingPage, hasPagesBelow: true)
        pages.page("assets/{name}", get: asset)
        pages.page("favicon.svg", get: icon)
    }

    @Sendable private func asset(_ request: Request, context: PageRequestContext) async throws -> Response {
        guard context.parameters.get("name") == Stylesheet.name else { throw HTTPError(.notFound) }
        return Stylesheet.response
    }

    @Sendable private func icon(_ request: Request, context: PageRequestContext) async throws -> Response {
        Response(
            status: .ok, headers: [.contentType: "image/svg+xml", .cacheControl: "public, max-age=86400"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: PackageResources.favicon_svg)))
    }
}
