import HTTPConventions
import HTTPTypes
import Hummingbird

/// Takes down the paths that an API adds to a router.
final class RouteList: RouterMethods {
    typealias Context = NodeRequestContext

    private(set) var paths: Set<String> = []

    @discardableResult
    func on<Responder: HTTPResponder>(_ path: RouterPath, method: HTTPRequest.Method, responder: Responder) -> Self
    where Responder.Context == NodeRequestContext {
        paths.insert(path.description)
        return self
    }

    func add(middleware: any MiddlewareProtocol<Request, Response, NodeRequestContext>) -> Self { self }
}
