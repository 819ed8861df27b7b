/// How a document is written.
public enum DocumentFormat: String, Sendable, CaseIterable {
    case json
    case yaml

    /// What the raw file is served as: RFC 8259 and RFC 9512.
    public var mediaType: String {
        switch self {
        case .json: "application/json"
        case .yaml: "application/yaml"
        }
    }

    /// JSON where the first sign is a brace or a bracket, YAML otherwise.
    init(detectedIn bytes: some Sequence<UInt8>) {
        let first = bytes.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
        self = first == UInt8(ascii: "{") || first == UInt8(ascii: "[") ? .json : .yaml
    }
}
