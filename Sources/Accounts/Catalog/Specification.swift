/// What is known of the OpenAPI document of an API, without the document itself.
public struct Specification: Hashable, Sendable {
    /// The largest document in bytes, where the policy says nothing else.
    public static let maximumBytes = 5 * 1024 * 1024

    public enum Format: String, Hashable, Sendable, CaseIterable {
        case json, yaml

        /// RFC 8259 and RFC 9512.
        public var mediaType: String {
            switch self {
            case .json: "application/json"
            case .yaml: "application/yaml"
            }
        }
    }

    /// Stays when the document is replaced.
    public let id: SpecificationID
    public let format: Format
    /// Which OpenAPI it follows: `3.1.0`.
    public let openAPI: String
    /// The document's own `info.title` and `info.version`.
    public let title: String
    public let version: String
    /// SHA-256 of the document's bytes, in lower-case hexadecimal digits: the same document has the same pages.
    public let digest: String
    /// The document's bytes.
    public let size: Int
    public let createdAt: Timestamp
    /// When the document was last replaced.
    public let updatedAt: Timestamp

    public init(
        id: SpecificationID, format: Format, openAPI: String, title: String, version: String, digest: String, size: Int,
        createdAt: Timestamp, updatedAt: Timestamp
    ) {
        self.id = id
        self.format = format
        self.openAPI = openAPI
        self.title = title
        self.version = version
        self.digest = digest
        self.size = size
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }
}

/// An OpenAPI document as it was given, byte for byte, and what is known of it; both of one moment.
public struct SpecificationDocument: Hashable, Sendable {
    public let specification: Specification
    public let content: [UInt8]

    public init(specification: Specification, content: [UInt8]) {
        self.specification = specification
        self.content = content
    }
}
