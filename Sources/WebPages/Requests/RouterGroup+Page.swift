import HTTPConventions
import HTTPTypes
import Hummingbird

extension RouterGroup {
    /// What makes a page.
    public typealias PageHandler = @Sendable (Request, Context) async throws -> Response

    /// Adds one page: `HEAD` beside `GET`, and an answer to the methods that it does not take.
    ///
    /// - Parameter hasPagesBelow: whether other pages stand directly below this one with a name that the router captures.
    ///   Elsewhere, what is below a page is answered as missing.
    public func page(_ path: RouterPath, get: PageHandler? = nil, post: PageHandler? = nil, hasPagesBelow: Bool = false) {
        var allowed: [HTTPRequest.Method] = []
        if let get {
            on(path, method: .get, use: get)
            on(path, method: .head, use: get)
            allowed += [.get, .head]
        }
        if let post {
            on(path, method: .post, use: post)
            allowed.append(.post)
        }
        let allow = allowed.map(\.rawValue).joined(separator: ", ")
        for method in Self.methods where !allowed.contains(method) {
            on(path, method: method) { _, _ -> Response in
                throw Problem(.methodNotAllowed, detail: "This page does not take this method", headers: [.allow: allow])
            }
        }
        guard !hasPagesBelow else { return }
        for method in Self.methods {
            on("\(path.description)/**", method: method) { _, _ -> Response in throw HTTPError(.notFound) }
        }
    }

    private static var methods: [HTTPRequest.Method] { [.get, .head, .post, .put, .patch, .delete, .options] }
}
