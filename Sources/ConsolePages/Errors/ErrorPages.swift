import HTTPConventions
import HTTPTypes
import Hummingbird
import Logging
import WebPages

/// Shows a page instead of an error.
struct ErrorPages: Sendable {
    let renderer: PageRenderer
    let logger: Logger

    private struct Content {
        let title: String
        let text: String?
        /// The way to the log-in, for somebody who has to log in first.
        let logIn: String?
        let requestID: String
    }

    /// The response of some work, or the page that tells why there is none.
    func covering(
        _ request: Request, in context: ConsoleRequestContext, _ work: () async throws -> Response
    ) async -> Response {
        do {
            return try await work()
        } catch {
            return page(for: error, in: context)
        }
    }

    private func page(for error: any Error, in context: ConsoleRequestContext) -> Response {
        let message = PageMessage(answering: error, in: context.book, requestID: context.requestID, logger: logger)
        let content = Content(
            title: message.title, text: message.text, logIn: message.status == .unauthorized ? "/login" : nil,
            requestID: context.requestID)
        do {
            var response = try renderer.response(
                .error, title: message.title, content: content, in: context, status: message.status)
            for field in message.headers where field.name != .wwwAuthenticate { response.headers.append(field) }
            return response
        } catch {
            return Problem(answering: error, requestID: context.requestID, logger: logger).response(requestID: context.requestID)
        }
    }
}
