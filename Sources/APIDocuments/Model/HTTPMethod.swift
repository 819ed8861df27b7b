/// What a path item may have operations for, in the order of OpenAPI.
public enum HTTPMethod: String, Sendable, CaseIterable {
    case get, put, post, delete, options, head, patch, trace

    /// As in a request line.
    public var name: String { rawValue.uppercased() }
}
