import Geography

/// Admins and their tokens, which open the management API of one geo and no portal.
public struct AdminAccess: Sendable {
    public static let maximumTokenNameLength = 100

    let store: any AdminStore
    let mint: Mint
    let clock: any WallClock

    public init(store: any AdminStore, mint: Mint, clock: any WallClock) {
        self.store = store
        self.mint = mint
        self.clock = clock
    }

    /// Makes a token for the admin with this address, and the admin where there is none yet.
    ///
    /// - Returns: the token; only its hash is kept.
    /// - Throws: ``AccountError/invalidFields(_:)`` for the address or the name.
    public func createToken(for email: String, named name: String) async throws -> GeoCredential {
        let address = try InvalidFields.require { try EmailAddress(email) }
        guard name.unicodeScalars.count <= Self.maximumTokenNameLength else {
            throw AccountError.invalidField(.tooLong("name", maximum: Self.maximumTokenNameLength))
        }
        let credential = mint.credential(.admin)
        let now = clock.now
        let token = AdminToken(hash: TokenHash(of: credential), name: name, createdAt: now)
        _ = try await store.addToken(token, of: Admin(id: mint.id(), email: address, createdAt: now))
        return credential
    }

    /// The admin who shows this token.
    ///
    /// - Throws: ``AccountError/notAuthenticated`` for no token, an unknown one, or one of another geo or kind.
    public func admin(showing token: String?) async throws -> Admin {
        guard let token, let credential = GeoCredential(token), credential.kind == .admin, credential.geo == mint.geo,
            let admin = try await store.admin(withToken: TokenHash(of: credential))
        else { throw AccountError.notAuthenticated }
        return admin
    }
}
