import HTTPConventions
import HTTPTypes
import Hummingbird
import Logging

/// Shows a page instead of an error.
public struct ErrorPages<Site: PageSite>: Sendable {
    private let renderer: PageRenderer<Site>
    private let logger: Logger

    public init(renderer: PageRenderer<Site>, logger: Logger) {
        self.renderer = renderer
        self.logger = logger
    }

    /// The response of some work, or the page that tells why there is none.
    public func covering(
        _ request: Request, in context: Site.Context, _ work: () async throws -> Response
    ) async -> Response {
        do {
            return try await work()
        } catch {
            return page(for: error, at: request, in: context)
        }
    }

    /// What every answer has in common, also where there is no page: the headers that keep a browser strict, an error page instead of
    /// an error, and no body for `HEAD`.
    public func framing(
        _ request: Request, in context: Site.Context, _ work: () async throws -> Response
    ) async -> Response {
        var response = await covering(request, in: context, work)
        PageHeaders.add(to: &response.headers)
        return request.method == .head ? response.createHeadResponse() : response
    }

    /// What a page tells about any error; one that nobody foresaw is logged by its type.
    public func message(answering error: any Error, in context: Site.Context) -> PageMessage {
        let problem =
            renderer.site.refusal(error) ?? Problem(answering: error, requestID: context.requestID, logger: logger)
        return renderer.site.message(about: error, as: problem, in: context.book)
    }

    /// What a form tells about an error after which it is worth showing again; nil for others.
    public func message(mending error: any Error, in context: Site.Context) -> PageMessage? {
        guard let problem = Problem(foreseen: error) else { return nil }
        let message = renderer.site.message(about: error, as: problem, in: context.book)
        guard message.isMendable else { return nil }
        problem.noteRefusal(requestID: context.requestID, logger: logger)
        return message
    }

    private func page(for error: any Error, at request: Request, in context: Site.Context) -> Response {
        let message = message(answering: error, in: context)
        let ways = renderer.site.ways(out: message, at: request, in: context)
        do {
            var response = try renderer.response(message, leadingOn: ways, in: context)
            // A challenge is for programs: a page leads to the log-in.
            for field in message.headers where field.name != .wwwAuthenticate { response.headers.append(field) }
            return response
        } catch {
            return Problem(answering: error, requestID: context.requestID, logger: logger).response(requestID: context.requestID)
        }
    }
}
