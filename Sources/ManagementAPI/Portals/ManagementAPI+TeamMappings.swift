import Accounts
import Foundation
import HTTPConventions
import Hummingbird

/// Which groups of identity providers mean which teams. Kept for teams, which do not exist yet.
extension ManagementAPI {
    /// `list-portal-team-group-mappings`, of the portal's provider, team by team.
    @Sendable func listTeamGroups(_ request: Request, context: NodeRequestContext) async throws -> Response {
        var query = try QueryParameters(request)
        let page = query.page()
        try query.finish()
        return try Self.answer(try await flows.teamMappings.groups(at: portal(in: context)), page)
    }

    /// `update-portal-team-group-mappings`: each team that is named gets exactly these groups.
    @Sendable func updateTeamGroups(_ request: Request, context: NodeRequestContext) async throws -> Response {
        let portal = try await portal(in: context)
        var body = try await JSONBody(request, context: context)
        let wanted = body.optionalObjects("data") { team in
            (team: team.requiredUUID("team_id"), groups: team.optionalStrings("groups") ?? [])
        }
        try body.finish()
        let teams = (wanted ?? []).compactMap { entry in
            entry.team.map { TeamMappingAdministration.TeamGroups(team: $0, groups: entry.groups) }
        }
        let changed = try await flows.teamMappings.replace(teams, at: portal, by: context.actor)
        return try Self.answer(changed, PageRequest(number: 1, size: PageRequest.maximumSize))
    }

    /// `list-portal-idp-team-group-mappings`, in the order of their ids.
    @Sendable func listTeamMappings(_ request: Request, context: NodeRequestContext) async throws -> Response {
        let query = try TeamMappingQuery(request)
        let (portal, provider) = (try await portal(in: context), try providerID(in: context))
        let mappings = try await flows.teamMappings.mappings(of: provider, at: portal)
        let path = "/v3/portals/\(portal.id)/identity-providers/\(provider)/team-group-mappings"
        return try .json(WireTeamMappings(mappings, query, path: path))
    }

    /// `create-portal-idp-team-group-mapping`.
    @Sendable func createTeamMapping(_ request: Request, context: NodeRequestContext) async throws -> Response {
        let (portal, provider) = (try await portal(in: context), try providerID(in: context))
        var body = try await JSONBody(request, context: context)
        let (team, group) = (body.requiredUUID("team_id"), body.requiredString("group"))
        for name in ["id", "created_at", "updated_at"] { body.ignore(name) }
        let mapping = try await flows.teamMappings.create(
            team: body.finish(requiring: team, named: "team_id"), group: group, of: provider, at: portal, by: context.actor)
        return try .json(WireTeamMapping(mapping), status: .created)
    }

    /// `get-portal-idp-team-group-mapping`.
    @Sendable func getTeamMapping(_ request: Request, context: NodeRequestContext) async throws -> Response {
        let mapping = try await flows.teamMappings.mapping(
            mappingID(in: context), of: providerID(in: context), at: portal(in: context))
        return try .json(WireTeamMapping(mapping))
    }

    /// `delete-portal-idp-team-group-mapping`.
    @Sendable func deleteTeamMapping(_ request: Request, context: NodeRequestContext) async throws -> Response {
        try await flows.teamMappings.delete(
            mappingID(in: context), of: providerID(in: context), at: portal(in: context), by: context.actor)
        return .empty(.noContent)
    }

    private func mappingID(in context: NodeRequestContext) throws -> TeamMappingID {
        try id("mappingId", of: "team group mapping", in: context)
    }

    private static func answer(_ teams: [TeamMappingAdministration.TeamGroups], _ page: PageRequest) throws -> Response {
        try .json(WirePage(Page(part: page, of: teams), at: page, WireTeamGroups.init))
    }
}
