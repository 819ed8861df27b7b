import Geography

/// Makes the ids, one-time tokens and credentials of one geo; everything that it makes names that geo.
public struct Mint: Sendable {
    public let geo: GeoID
    public let number: GeoNumber
    private let clock: any WallClock

    public init(geo: Geo, clock: any WallClock) {
        self.geo = geo.id
        number = geo.number
        self.clock = clock
    }

    /// A new id that sorts by the time at which it was made.
    public func id<Entity>(of type: Entity.Type = Entity.self) -> EntityID<Entity> {
        var random = SystemRandomNumberGenerator()
        return EntityID(.entity(geo: number, milliseconds: UInt64(max(0, clock.now.milliseconds)), using: &random))
    }

    /// A new secret for one use, 110 random bits.
    public func oneTimeToken() -> GeoUUID {
        var random = SystemRandomNumberGenerator()
        return .oneTimeToken(geo: number, using: &random)
    }

    /// A new credential, 256 random bits.
    public func credential(_ kind: GeoCredential.Kind) -> GeoCredential {
        var random = SystemRandomNumberGenerator()
        return .mint(kind, geo: geo, using: &random)
    }
}
