import Crypto

/// An image of a portal: its logo or its favicon.
public struct PortalImage: Hashable, Sendable {
    /// What an image is for.
    public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
        case logo, favicon

        /// The most bytes of such an image.
        public var maximumBytes: Int {
            switch self {
            case .logo: 256 * 1024
            case .favicon: 64 * 1024
            }
        }
    }

    /// What a portal's look knows of an image: enough to name it.
    public struct Reference: Hashable, Sendable, Codable {
        public let format: ImageFormat
        /// The first half of the SHA-256 of the bytes, in hexadecimal digits.
        public let digest: String

        public init(format: ImageFormat, digest: String) {
            self.format = format
            self.digest = digest
        }

        /// The name of its file, which is another one for other bytes: `logo-0123456789abcdef0123456789abcdef.png`.
        public func fileName(as kind: Kind) -> String { "\(kind.rawValue)-\(digest).\(format.suffix)" }
    }

    public let format: ImageFormat
    public let bytes: [UInt8]

    /// Takes an image that somebody sends.
    ///
    /// - Parameter declared: the format that the sender says it has; nil where nothing is said. The bytes decide.
    /// - Throws: ``FieldError`` for too many bytes, an unknown format, another one than declared, and a drawing that does more than
    ///   draw.
    public init(_ bytes: [UInt8], as kind: Kind, declared: ImageFormat? = nil, field: String) throws(FieldError) {
        guard bytes.count <= kind.maximumBytes else {
            throw .invalid(field, because: .imageTooLarge(maximum: kind.maximumBytes))
        }
        guard let format = ImageFormat(sniffing: bytes) else {
            throw .invalid(field, because: .noImage)
        }
        if let declared, declared != format {
            throw .invalid(field, "says that it is \(declared.mediaType), but is \(format.mediaType)")
        }
        if format == .svg, let danger = SVGText(bytes)?.danger {
            throw .invalid(field, because: .unsafeDrawing(danger))
        }
        self.format = format
        self.bytes = bytes
    }

    /// Takes an image that was checked when it was stored.
    public init(stored bytes: [UInt8], format: ImageFormat) {
        self.bytes = bytes
        self.format = format
    }

    public var reference: Reference {
        Reference(format: format, digest: Hexadecimal.text(SHA256.hash(data: bytes).prefix(16)))
    }
}
