import HTTPTypes
import Hummingbird

/// What answers one method of one path of an API.
public typealias Operation = @Sendable (Request, NodeRequestContext) async throws -> Response

extension RouterMethods where Context == NodeRequestContext {
    /// Adds the operations of one path: HEAD beside GET, and 405 with `Allow` for the methods that the path does not take
    /// (RFC 9110, sections 9.3.2 and 15.5.6).
    public func path(_ path: RouterPath, _ operations: [HTTPRequest.Method: Operation]) {
        var operations = operations
        if let get = operations[.get] {
            operations[.head] = { request, context in try await get(request, context).createHeadResponse() }
        }
        for (method, operation) in operations { on(path, method: method, use: operation) }
        let allow = operations.keys.map(\.rawValue).sorted().joined(separator: ", ")
        for method in [HTTPRequest.Method.get, .head, .post, .put, .patch, .delete, .options] where operations[method] == nil {
            on(path, method: method) { _, _ -> Response in
                throw Problem(
                    .methodNotAllowed, detail: "This path does not take this method", headers: [.allow: allow])
            }
        }
    }
}
