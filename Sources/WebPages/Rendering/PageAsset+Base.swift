import Hummingbird

extension PageAsset {
    /// The stylesheet that portals and the console share: the properties that follow from a look, type, forms, buttons, lists.
    public static let baseStylesheet = PageAsset(
        "base", "css", contentType: "text/css; charset=utf-8", bytes: PackageResources.base_css)

    /// `GET /favicon.svg`: the icon of a browser's tab where there is no other.
    public static var iconResponse: Response {
        Response(
            status: .ok, headers: [.contentType: "image/svg+xml", .cacheControl: "public, max-age=86400"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: PackageResources.favicon_svg)))
    }
}
