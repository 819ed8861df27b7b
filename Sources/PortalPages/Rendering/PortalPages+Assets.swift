import Accounts
import HTTPConventions
import HTTPTypes
import Hummingbird
import WebPages

extension PortalPages {
    /// The stylesheet of all pages.
    static let stylesheet = PageAsset(
        "portal", "css", contentType: "text/css; charset=utf-8", bytes: PackageResources.portal_css)

    /// The stylesheet of lists in parts and of APIs' documents.
    static let documentStylesheet = PageAsset(
        "documents", "css", contentType: "text/css; charset=utf-8", bytes: PackageResources.documents_css)

    /// The pages' one script, without which everything works.
    static let documentScript = PageAsset(
        "documents", "js", contentType: "text/javascript; charset=utf-8", bytes: PackageResources.documents_js)

    private static let assets = [stylesheet, documentStylesheet, documentScript]

    func addAssets(to pages: RouterGroup<PageRequestContext>) {
        pages.page("assets", get: missingPage, hasPagesBelow: true)
        pages.page("assets/{name}", get: asset)
        pages.page("favicon.svg", get: icon)
    }

    @Sendable private func asset(_ request: Request, context: PageRequestContext) async throws -> Response {
        let name = context.parameters.get("name") ?? ""
        if let asset = Self.assets.first(where: { $0.name == name }) { return asset.response }
        let look = context.portal.look
        switch name {
        case look.logo?.fileName(as: .logo): return try await image(.logo, named: name, in: context)
        case look.favicon?.fileName(as: .favicon): return try await image(.favicon, named: name, in: context)
        default:
            guard let sheet = look.accentStylesheet, sheet.name == name else { throw HTTPError(.notFound) }
            return sheet.response
        }
    }

    private func image(_ kind: PortalImage.Kind, named name: String, in context: PageRequestContext) async throws -> Response {
        let image = try await flows.looks.image(kind, of: context.portal.id)
        // Between the look and the image the owner may have given another one.
        guard image.reference.fileName(as: kind) == name else { throw HTTPError(.notFound) }
        return Response(image, cacheControl: PageAsset.immutable)
    }

    @Sendable private func icon(_ request: Request, context: PageRequestContext) async throws -> Response {
        Response(
            status: .ok, headers: [.contentType: "image/svg+xml", .cacheControl: "public, max-age=86400"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: PackageResources.favicon_svg)))
    }
}
