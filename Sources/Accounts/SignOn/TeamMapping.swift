import Foundation

/// That a group of a provider means a team of the portal. Kept for teams, which do not exist yet.
public struct TeamMapping: Hashable, Sendable {
    public static let maximumGroupLength = 255

    public let id: TeamMappingID
    public let provider: IdentityProviderID
    /// Any UUID, because there is no list of teams to look it up in.
    public let team: UUID
    public let group: String
    public let createdAt: Timestamp

    public init(id: TeamMappingID, provider: IdentityProviderID, team: UUID, group: String, createdAt: Timestamp) {
        self.id = id
        self.provider = provider
        self.team = team
        self.group = group
        self.createdAt = createdAt
    }

    /// - Throws: ``AccountError/invalidFields(_:)`` for `field`.
    static func check(group: String, field: String) throws {
        let errors = FieldError.ofLine(group, field, maximum: maximumGroupLength)
        guard errors.isEmpty else { throw AccountError.invalidFields(errors) }
    }
}

public typealias TeamMappingID = EntityID<TeamMapping>
