import Accounts
import HTTPTypes
import Hummingbird

extension Response {
    /// An image that a portal's owner gave, so that it does nothing but be looked at: of the type that its bytes have, and where it
    /// is opened by itself, in a sandbox that runs no script and loads nothing.
    public init(_ image: PortalImage, cacheControl: String) {
        var headers: HTTPFields = [
            .contentType: image.format.mediaType, .cacheControl: cacheControl, .xContentTypeOptions: "nosniff",
        ]
        if let policy = HTTPField.Name("Content-Security-Policy") {
            headers[policy] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
        }
        self.init(status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: image.bytes)))
    }
}
