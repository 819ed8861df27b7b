import Accounts
import Crypto
import HTTPTypes
import Hummingbird

/// The pages' one stylesheet. Its name holds the hash of its text, so a browser may keep it for good.
enum Stylesheet {
    static let name: String = {
        let digest = SHA256.hash(data: PackageResources.portal_css).prefix(8)
        return "portal-\(Hexadecimal.text(digest)).css"
    }()

    static let path = "/assets/\(name)"

    static var response: Response {
        Response(
            status: .ok,
            headers: [.contentType: "text/css; charset=utf-8", .cacheControl: "public, max-age=31536000, immutable"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: PackageResources.portal_css)))
    }
}
