import Accounts
import HTTPConventions

/// The contract's `PortalIdpTeamGroupMapping`.
struct WireTeamMapping: Encodable {
    let id: String
    let teamId: String
    let group: String
    let createdAt: String
    let updatedAt: String

    init(_ mapping: TeamMapping) {
        id = mapping.id.description
        teamId = mapping.team.uuidString.lowercased()
        group = mapping.group
        createdAt = mapping.createdAt.wire
        // A mapping is made and removed, never changed.
        updatedAt = createdAt
    }
}

/// The contract's `PortalTeamGroupMapping`.
struct WireTeamGroups: Encodable {
    let teamId: String
    let groups: [String]

    init(_ team: TeamMappingAdministration.TeamGroups) {
        teamId = team.team.uuidString.lowercased()
        groups = team.groups
    }
}

/// The contract's `PortalIdpTeamGroupMappingCollectionResponse`: one part of a list, with the ways to the others.
struct WireTeamMappings: Encodable {
    let data: [WireTeamMapping]
    let meta: CursorMeta

    /// - Parameter mappings: all of the provider, in the order of their ids.
    init(_ mappings: [TeamMapping], _ query: TeamMappingQuery, path: String) {
        let found = mappings.filter(query.matches)
        let rest = found.filter(query.isBetweenCursors)
        let goesBack = query.before != nil && query.after == nil
        let part = goesBack ? Array(rest.suffix(query.size)) : Array(rest.prefix(query.size))
        data = part.map(WireTeamMapping.init)
        let (first, last) = (part.first?.id, part.last?.id)
        let (hasEarlier, hasLater) = (first != found.first?.id, last != found.last?.id)
        meta = CursorMeta(
            size: query.size, first: query.path(path, nil),
            next: hasLater ? last.map { query.path(path, ("page[after]", $0)) } : nil,
            previous: hasEarlier ? first.map { query.path(path, ("page[before]", $0)) } : nil)
    }
}
