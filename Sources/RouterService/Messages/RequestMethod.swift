/// The methods that pass this router: those that a node of Portolan answers.
enum RequestMethod: CaseIterable {
    case get, head, post, put, patch, delete, options

    /// The method as it stands in a request line; its case counts (RFC 9110, section 9.1).
    var token: StaticString {
        switch self {
        case .get: "GET"
        case .head: "HEAD"
        case .post: "POST"
        case .put: "PUT"
        case .patch: "PATCH"
        case .delete: "DELETE"
        case .options: "OPTIONS"
        }
    }

    /// Whether a request that may have reached a node can be sent again (RFC 9110, section 9.2.2).
    var isIdempotent: Bool {
        switch self {
        case .get, .head, .put, .delete, .options: true
        case .post, .patch: false
        }
    }

    init?(_ bytes: UnsafeRawBufferPointer) {
        for method in Self.allCases where bytes.isExactly(method.token) {
            self = method
            return
        }
        return nil
    }
}
