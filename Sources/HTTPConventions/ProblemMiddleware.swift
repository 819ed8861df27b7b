import Accounts
import HTTPTypes
import Hummingbird
import Logging

/// Turns every error of an API into a problem response; an unforeseen one is logged and told as a bare 500.
public struct ProblemMiddleware: RouterMiddleware {
    private let logger: Logger

    public init(logger: Logger) { self.logger = logger }

    public func handle(
        _ request: Request, context: NodeRequestContext, next: (Request, NodeRequestContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch {
            return problem(for: error, context: context).response(requestID: context.requestID)
        }
    }

    private func problem(for error: any Error, context: NodeRequestContext) -> Problem {
        if let problem = Problem(foreseen: error) { return problem }
        if let error = error as? any HTTPResponseError { return Self.problem(status: error.status) }
        // Only the error's type: its text could hold what the request held.
        logger.error("a request failed", metadata: ["request": "\(context.requestID)", "error": "\(type(of: error))"])
        return Problem(.internalServerError, detail: "Something went wrong here. Report the instance to the portal's operator.")
    }

    private static func problem(status: HTTPResponse.Status) -> Problem {
        switch status {
        case .notFound: Problem(.notFound, detail: "There is nothing at this path; see the API's contract")
        case .methodNotAllowed: Problem(.methodNotAllowed, detail: "This path does not take this method")
        case .contentTooLarge:
            Problem(.contentTooLarge, detail: "The body has more than \(NodeRequestContext.maximumBodyBytes) bytes")
        default: Problem(status, detail: status.reasonPhrase)
        }
    }
}
