import HTTPConventions
import HTTPTypes
import Hummingbird
import Logging

/// Shows a page instead of an error.
struct ErrorPages: Sendable {
    let renderer: PageRenderer
    let logger: Logger

    /// What the template of an error shows.
    private struct Content {
        let title: String
        let text: String?
        let way: PageMessage.Way?
        let requestID: String
    }

    /// The response of some work, or the page that tells why there is none.
    func covering(_ context: PageRequestContext, _ work: () async throws -> Response) async -> Response {
        do {
            return try await work()
        } catch {
            return page(for: error, in: context)
        }
    }

    private func page(for error: any Error, in context: PageRequestContext) -> Response {
        let message = PageMessage(answering: error, requestID: context.requestID, logger: logger)
        let content = Content(title: message.title, text: message.text, way: message.way, requestID: context.requestID)
        do {
            var response = try renderer.response(
                .error, title: message.title, content: content, in: context, status: message.status)
            response.headers.append(contentsOf: message.headers)
            return response
        } catch {
            return Problem(answering: error, requestID: context.requestID, logger: logger).response(requestID: context.requestID)
        }
    }
}
