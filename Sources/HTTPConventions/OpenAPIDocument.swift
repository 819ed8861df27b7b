import HTTPTypes
import Hummingbird

/// An API's own description, as it is served to whoever asks.
public struct OpenAPIDocument: Sendable {
    private let yaml: ByteBuffer

    /// - Parameter yaml: an OpenAPI document in YAML and UTF-8.
    public init(yaml: [UInt8]) { self.yaml = ByteBuffer(bytes: yaml) }

    /// The document (RFC 9512). It changes with the program only, so caches may keep it for a while.
    public var response: Response {
        Response(
            status: .ok,
            headers: [
                .contentType: "application/yaml", .cacheControl: "public, max-age=300", .xContentTypeOptions: "nosniff",
            ],
            body: ResponseBody(byteBuffer: yaml))
    }
}
