import Accounts
import Foundation
import GRDB

extension Database {
    func teamMappings(of provider: IdentityProviderID, in portal: PortalID) throws -> [TeamMapping] {
        try rows(
            """
            SELECT team_mapping.* FROM team_mapping
            JOIN identity_provider ON identity_provider.id = team_mapping.provider
            WHERE team_mapping.provider = ? AND identity_provider.portal = ? ORDER BY team_mapping.id
            """, [provider.stored, portal.stored]
        ).map { row in
            let text: String = try row.value("team")
            guard let team = UUID(uuidString: text) else { throw StoreError.corrupt("a team that is no UUID") }
            return TeamMapping(
                id: try row.id("id"), provider: provider, team: team, group: try row.value("group_name"),
                createdAt: try row.time("created_at"))
        }
    }

    func insert(_ mapping: TeamMapping) throws {
        try run(
            "INSERT INTO team_mapping (id, provider, team, group_name, created_at) VALUES (?, ?, ?, ?, ?)",
            [
                mapping.id.stored, mapping.provider.stored, mapping.team.uuidString, mapping.group,
                mapping.createdAt.milliseconds,
            ])
    }

    func delete(_ mapping: TeamMappingID, of provider: IdentityProviderID) throws {
        try run("DELETE FROM team_mapping WHERE id = ? AND provider = ?", [mapping.stored, provider.stored])
    }
}
