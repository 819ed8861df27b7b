import Accounts
import HTTPTypes
import Hummingbird
import Logging

/// Turns every error of an API into a problem response.
public struct ProblemMiddleware: RouterMiddleware {
    private let logger: Logger

    public init(logger: Logger) { self.logger = logger }

    public func handle(
        _ request: Request, context: NodeRequestContext, next: (Request, NodeRequestContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch {
            return Problem(answering: error, requestID: context.requestID, logger: logger).response(requestID: context.requestID)
        }
    }
}

extension Problem {
    /// What a client is told of any error; one that nobody foresaw is logged by its type and told as a bare 500.
    public init(answering error: any Error, requestID: String, logger: Logger) {
        if let problem = Problem(foreseen: error) {
            self = problem
            noteRefusal(requestID: requestID, logger: logger)
        } else if let error = error as? any HTTPResponseError {
            self = Self.problem(status: error.status)
        } else if error is CancellationError {
            // The node stops, and the request's time was over.
            self.init(.serviceUnavailable, detail: "This node stops. Try again.", headers: [.retryAfter: "1"])
        } else if case StoreError.corrupt = error {
            // It holds no stored value. Others may be served still, so the node goes on.
            logger.critical(
                "the store is damaged; see \"Restore\" in docs/operating.md",
                metadata: ["request": "\(requestID)", "problem": "\(StoreProblem(error))"])
            self.init(.internalServerError, detail: "Something went wrong here. Report the instance to the portal's operator.")
        } else {
            // Only the error's type: its text could hold what the request held.
            logger.error("a request failed", metadata: ["request": "\(requestID)", "error": "\(type(of: error))"])
            self.init(.internalServerError, detail: "Something went wrong here. Report the instance to the portal's operator.")
        }
    }

    /// Leaves a line about somebody who was not let in: which request, and how it was refused; not who or with what.
    public func noteRefusal(requestID: String, logger: Logger) {
        guard [.unauthorized, .forbidden, .tooManyRequests].contains(status) else { return }
        logger.info("a request was refused", metadata: ["request": "\(requestID)", "status": "\(status.code)"])
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
