import Geography
import HTTPConventions
import Hummingbird
import Logging

/// Counts what comes of every request, by flow, and leaves a line about it at the level `debug`.
struct CountedResponder: HTTPResponder {
    typealias Context = NodeRequestContext

    let base: any HTTPResponder<NodeRequestContext>
    let hosts: HostTable
    let metrics: NodeMetrics
    let logger: Logger

    func respond(to request: Request, context: NodeRequestContext) async throws -> Response {
        var context = context
        // The router's, so that a line here can be found there.
        if let id = HostDispatch.routersRequestID(of: request) { context.requestID = id }
        let start = ContinuousClock.now
        let response = try await base.respond(to: request, context: context)
        let flow = RequestFlow(request.method, target: Substring(request.head.path ?? ""), isConsole: isConsole(request))
        metrics.requests(flow, RequestOutcome(response.status)).add()
        metrics.durations(flow).record(since: start)
        logger.debug(
            "request",
            metadata: [
                "request": "\(context.requestID)", "flow": "\(flow.rawValue)", "status": .stringConvertible(response.status.code),
            ])
        return response
    }

    private func isConsole(_ request: Request) -> Bool {
        guard let host = try? Hostname(authority: request.head.authority ?? "") else { return false }
        if case .console = hosts.destination(of: host) { return true }
        return false
    }
}
