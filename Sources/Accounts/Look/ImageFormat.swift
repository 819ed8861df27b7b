/// The forms of images that browsers show and portals take, known by their first bytes and by nothing else.
public enum ImageFormat: String, Hashable, Sendable, Codable, CaseIterable {
    case png, jpeg, gif, webp, ico, svg

    /// Nil for what is none of them.
    public init?(sniffing bytes: [UInt8]) {
        if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
            self = .png
        } else if bytes.starts(with: [0xFF, 0xD8, 0xFF]) {
            self = .jpeg
        } else if bytes.starts(with: Array("GIF87a".utf8)) || bytes.starts(with: Array("GIF89a".utf8)) {
            self = .gif
        } else if bytes.starts(with: Array("RIFF".utf8)), bytes.dropFirst(8).starts(with: Array("WEBP".utf8)) {
            self = .webp
        } else if bytes.starts(with: [0, 0, 1, 0]), bytes.count >= 22, bytes[4] > 0 || bytes[5] > 0 {
            self = .ico
        } else if SVGText(bytes) != nil {
            self = .svg
        } else {
            return nil
        }
    }

    /// By IANA's registry.
    public var mediaType: String {
        switch self {
        case .png: "image/png"
        case .jpeg: "image/jpeg"
        case .gif: "image/gif"
        case .webp: "image/webp"
        case .ico: "image/vnd.microsoft.icon"
        case .svg: "image/svg+xml"
        }
    }

    /// The format of a media type, also by its older names.
    public init?(mediaType: some StringProtocol) {
        switch mediaType.lowercased() {
        case "image/jpg": self = .jpeg
        case "image/x-icon": self = .ico
        case let type:
            guard let format = Self.allCases.first(where: { $0.mediaType == type }) else { return nil }
            self = format
        }
    }

    /// What stands behind the dot of a file's name.
    public var suffix: String { self == .jpeg ? "jpg" : rawValue }
}
