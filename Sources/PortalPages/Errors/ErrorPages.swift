import HTTPConventions
import HTTPTypes
import Hummingbird
import Logging
import WebPages

/// Shows a page instead of an error.
struct ErrorPages: Sendable {
    let renderer: PageRenderer
    let logger: Logger

    /// What the template of an error shows.
    private struct Content {
        let title: String
        let text: String?
        let ways: [PageMessage.Way]
        let hasWays: Bool
        let requestID: String
    }

    /// The response of some work, or the page that tells why there is none.
    func covering(
        _ request: Request, in context: PageRequestContext, _ work: () async throws -> Response
    ) async -> Response {
        do {
            return try await work()
        } catch {
            return page(for: error, at: request, in: context)
        }
    }

    private func page(for error: any Error, at request: Request, in context: PageRequestContext) -> Response {
        var message = PageMessage(answering: error, in: context.book, requestID: context.requestID, logger: logger)
        if message.status == .notFound, let logIn = logIn(at: request, in: context) { message.ways.append(logIn) }
        let content = Content(
            title: message.title, text: message.text, ways: message.ways, hasWays: !message.ways.isEmpty,
            requestID: context.requestID)
        do {
            var response = try renderer.response(
                .error, title: message.title, content: content, in: context, status: message.status)
            response.headers.append(contentsOf: message.headers)
            return response
        } catch {
            return Problem(answering: error, requestID: context.requestID, logger: logger).response(requestID: context.requestID)
        }
    }

    /// For somebody who may find the page after logging in. The query stays behind: it may hold a token.
    private func logIn(at request: Request, in context: PageRequestContext) -> PageMessage.Way? {
        guard request.method != .post, case .anonymous = context.visitor, context.accountsOffered else { return nil }
        return LocalPath(request.uri.path).map { PageMessage.Way(path: $0.logIn, label: context.book["portal.ways.logIn"]) }
    }
}
