import Accounts
import Foundation
import Geography
import HTTPConventions
import HTTPTypes
import Hummingbird
import Logging

/// The node's own border: asks again what the router asked, and hands a request to the portal, the API or the console of its host.
///
/// A host of another geo, or of none, is 421, whoever sent it here. A credential or an id of another geo is refused as unknown.
struct HostDispatch: HTTPResponder {
    typealias Context = NodeRequestContext

    let geo: GeoID
    let hosts: HostTable
    let rules: ResidencyRules
    let flows: AccountFlows
    let portalAPI: any HTTPResponder<NodeRequestContext>
    let pages: any HTTPResponder<NodeRequestContext>
    let management: any HTTPResponder<NodeRequestContext>
    let console: any HTTPResponder<NodeRequestContext>
    let logger: Logger

    func respond(to request: Request, context: NodeRequestContext) async throws -> Response {
        var context = context
        if let id = Self.routersRequestID(of: request) { context.requestID = id }
        context.clientAddress = Self.routersClient(of: request) ?? context.clientAddress
        var response: Response
        do {
            response = try await dispatch(request, context: context)
        } catch {
            response = Problem(answering: error, requestID: context.requestID, logger: logger).response(
                requestID: context.requestID)
        }
        if flows.links.scheme == "https" { response.headers[.strictTransportSecurity] = Self.transportSecurity }
        return response
    }

    /// One year from each answer (RFC 6797). Browsers ignore the field over plain HTTP.
    private static let transportSecurity = "max-age=31536000"
    private static let host = HTTPField.Name("Host")

    private func dispatch(_ request: Request, context: NodeRequestContext) async throws -> Response {
        try refuseAmbiguousHost(in: request)
        guard let host = try? Hostname(authority: request.head.authority ?? ""), let destination = hosts.destination(of: host),
            destination.geo == geo
        else { throw Problem.misdirected }
        try refuseForeignValues(in: request, context: context)
        switch destination {
        case .portal(let slug, _):
            var context = context
            guard let portal = try await flows.portals.portal(with: slug) else { throw AccountError.notFound("portal") }
            context.portal = portal
            let face = request.uri.path.hasPrefix("/api/") ? portalAPI : pages
            return try await face.respond(to: request, context: context)
        case .managementAPI: return try await management.respond(to: request, context: context)
        case .console: return try await console.respond(to: request, context: context)
        case .chooser: throw Problem.misdirected
        }
    }

    /// The library takes the first `Host` for the request's and leaves others among the fields; a target that names a host of its
    /// own stays the path.
    private func refuseAmbiguousHost(in request: Request) throws {
        guard request.head.path?.first == "/" else {
            throw Problem(.badRequest, detail: "The request's target must be a path that begins with a slash")
        }
        if let host = Self.host, request.headers[host] != nil {
            throw Problem(.badRequest, detail: "The request has more than one Host field")
        }
    }

    private func refuseForeignValues(in request: Request, context: NodeRequestContext) throws {
        let violation = rules.violation(
            target: request.head.path ?? "/", cookies: request.headers[values: .cookie],
            authorizations: request.headers[values: .authorization], for: geo)
        guard let violation else { return }
        logger.warning(
            "refused a value of another geo",
            metadata: [
                "request": "\(context.requestID)", "place": "\(violation.place.rawValue)", "origin": "\(violation.origin)",
            ])
        switch violation.place {
        case .cookie, .authorization: throw AccountError.notAuthenticated
        case .path, .query: throw AccountError.unknownToken
        }
    }

    /// The id that the router gave the request. Only what a router of ours mints: nobody else's text gets into the log.
    static func routersRequestID(of request: Request) -> String? {
        guard let name = HTTPField.Name("x-request-id"), let id = request.headers[name], isRequestID(id) else { return nil }
        return id
    }

    /// Whom the router serves. Only the router reaches this listener, and it writes the field anew; the last address is its own word.
    private static func routersClient(of request: Request) -> String? {
        guard let name = HTTPField.Name("x-forwarded-for"), let last = request.headers[name]?.split(separator: ",").last else {
            return nil
        }
        return last.trimmingCharacters(in: .whitespaces)
    }

    private static func isRequestID(_ text: String) -> Bool {
        text.utf8.count == 32
            && text.utf8.allSatisfy { byte in
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
            }
    }
}
