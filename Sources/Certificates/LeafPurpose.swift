import Geography

/// What a certificate of the private authority is for.
public enum LeafPurpose: Hashable, Sendable {
    /// A node's, inside: `spiffe://…/geo/GEO`.
    case node(GeoID)
    /// A router's, inside: `spiffe://…/router`.
    case router
}
