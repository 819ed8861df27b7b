import Accounts
import Foundation
import HTTPConventions
import HTTPTypes
import Hummingbird

/// The Portal Management API, version 3: what admins' clients call at a geo's API host, with an admin token.
public struct ManagementAPI: Sendable {
    let flows: AccountFlows

    public init(flows: AccountFlows) { self.flows = flows }

    /// Adds every operation to a group that turns errors into problems. Each but the API's own document asks for an admin token first.
    public func addRoutes(to router: some RouterMethods<NodeRequestContext>) {
        router.path("/v3/openapi.yaml", [.get: document])
        let admins = router.group("/v3").add(middleware: AdminTokenMiddleware(admins: flows.admins))
        admins.path("portals", [.get: listPortals, .post: createPortal])
        admins.path("portals/{portalId}", [.get: getPortal, .patch: updatePortal])
        admins.path("portals/{portalId}/developers", [.get: listDevelopers])
        admins.path(
            "portals/{portalId}/developers/{developerId}",
            [.get: getDeveloper, .patch: updateDeveloper, .delete: deleteDeveloper])
        admins.path("apis", [.post: createAPI])
        admins.path("apis/{apiId}/publications/{portalId}", [.put: publishAPI])
    }

    /// The id of a path parameter; what no geo minted names nothing here.
    func id<Entity>(_ name: String, of thing: String, in context: NodeRequestContext) throws -> EntityID<Entity> {
        guard let text = context.parameters.get(name), let id = EntityID<Entity>(text) else { throw AccountError.notFound(thing) }
        return id
    }

    func portal(in context: NodeRequestContext) async throws -> Portal {
        try await flows.portals.portal(id("portalId", of: "portal", in: context))
    }
}

/// Lets nobody through without an admin's token (RFC 6750).
struct AdminTokenMiddleware: RouterMiddleware {
    let admins: AdminAccess

    func handle(
        _ request: Request, context: NodeRequestContext, next: (Request, NodeRequestContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        context.admin = try await admins.admin(showing: Self.bearerToken(of: request))
        return try await next(request, context)
    }

    private static func bearerToken(of request: Request) -> String? {
        guard let field = request.headers[.authorization] else { return nil }
        let parts = field.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
        return parts[1].trimmingCharacters(in: .whitespaces)
    }
}
