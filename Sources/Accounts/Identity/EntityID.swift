import Geography

/// The id of one entity, typed by what it names, so that a portal's id is never taken for a developer's.
public struct EntityID<Entity>: Hashable, Sendable, Comparable, CustomStringConvertible {
    public let uuid: GeoUUID

    public init(_ uuid: GeoUUID) { self.uuid = uuid }

    /// Reads the text form; nil for anything that no geo minted.
    public init?(_ text: some StringProtocol) {
        guard let uuid = GeoUUID(text) else { return nil }
        self.uuid = uuid
    }

    public var description: String { uuid.description }

    public static func < (lhs: Self, rhs: Self) -> Bool { lhs.uuid < rhs.uuid }
}

extension EntityID: Codable {
    /// - Throws: for anything that no geo minted.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let id = Self(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "no id of a geo")
        }
        self = id
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

public typealias PortalID = EntityID<Portal>
public typealias DeveloperID = EntityID<Developer>
public typealias SessionID = EntityID<Session>
public typealias AdminID = EntityID<Admin>
public typealias AdminTokenID = EntityID<AdminToken>
public typealias MailID = EntityID<OutboxMail>
public typealias MailSenderID = EntityID<PortalMailSender>
public typealias IdentityProviderID = EntityID<IdentityProvider>
public typealias APIID = EntityID<PublishedAPI>
public typealias SpecificationID = EntityID<Specification>
