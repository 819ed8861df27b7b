import Accounts
import Crypto
import HTTPTypes
import Hummingbird

/// A file that pages load. Its name holds the hash of its bytes, so that a browser may keep it for good.
public struct PageAsset: Sendable {
    /// What caches are told of a file whose name changes with its bytes.
    public static let immutable = "public, max-age=31536000, immutable"

    public let name: String
    private let bytes: [UInt8]
    private let contentType: String

    /// - Parameter name: what stands before the hash, and behind it: `portal` and `css` make `portal-0123456789abcdef.css`.
    public init(_ name: String, _ suffix: String, contentType: String, bytes: [UInt8]) {
        let digest = SHA256.hash(data: bytes).prefix(8)
        self.name = "\(name)-\(Hexadecimal.text(digest)).\(suffix)"
        self.bytes = bytes
        self.contentType = contentType
    }

    /// Where pages find it.
    public var path: String { "/assets/\(name)" }

    public var response: Response {
        Response(
            status: .ok, headers: [.contentType: contentType, .cacheControl: Self.immutable],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}
