import Accounts
import HTTPConventions
import Hummingbird

extension ManagementAPI {
    /// `list-portals`, in the order of their making where nothing else is asked for.
    @Sendable func listPortals(_ request: Request, context: NodeRequestContext) async throws -> Response {
        let query = try PortalQuery(request)
        let portals = try await flows.portals.portals(selectedBy: query.selection, page: query.page)
        return try .json(WirePage(portals, at: query.page) { WirePortal($0, links: flows.links) })
    }

    /// `create-portal`.
    @Sendable func createPortal(_ request: Request, context: NodeRequestContext) async throws -> Response {
        let draft = try await PortalDraft(request, context: context)
        let portal = try await flows.portals.create(draft, by: context.actor)
        return try .json(WirePortal(portal, links: flows.links), status: .created)
    }

    /// `get-portal`.
    @Sendable func getPortal(_ request: Request, context: NodeRequestContext) async throws -> Response {
        try .json(WirePortal(try await portal(in: context), links: flows.links))
    }

    /// `update-portal`.
    @Sendable func updatePortal(_ request: Request, context: NodeRequestContext) async throws -> Response {
        let draft = try await PortalDraft(request, context: context)
        let portal = try await flows.portals.update(id("portalId", of: "portal", in: context), with: draft, by: context.actor)
        return try .json(WirePortal(portal, links: flows.links))
    }

    /// `delete-portal`.
    @Sendable func deletePortal(_ request: Request, context: NodeRequestContext) async throws -> Response {
        var query = try QueryParameters(request)
        let force = query.choice("force", of: Force.self) ?? .false
        try query.finish()
        try await flows.portals.delete(
            id("portalId", of: "portal", in: context), force: force == .true, by: context.actor)
        return .empty(.noContent)
    }

    /// The contract's two words for whether a portal goes although APIs are published to it.
    private enum Force: String, CaseIterable { case `true`, `false` }
}
