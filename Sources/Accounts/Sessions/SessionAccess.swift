import Geography

/// Uses, renews and ends sessions (contract operations `get-developer-me`, `refresh`, `logout`).
public struct SessionAccess: Sendable {
    let store: any SessionStore
    let mint: Mint
    let clock: any WallClock
    let lifetimes: SessionLifetimes

    /// The session of whoever shows this access token.
    ///
    /// - Parameter token: as the client shows it; a token of another geo or kind opens nothing.
    /// - Throws: ``AccountError/notAuthenticated``.
    public func session(showing token: String?, at portal: Portal) async throws -> OpenSession {
        guard portal.settings.authenticationEnabled, let credential = credential(token, .portalAccess),
            let session = try await store.session(withAccessToken: TokenHash(of: credential), in: portal.id, at: clock.now)
        else { throw AccountError.notAuthenticated }
        return session
    }

    /// The developer who shows this access token.
    ///
    /// - Throws: ``AccountError/notAuthenticated``.
    public func developer(showing token: String?, at portal: Portal) async throws -> Developer {
        try await session(showing: token, at: portal).developer
    }

    /// Exchanges a refresh token for new tokens. A refresh token that was used before ends its session.
    ///
    /// - Throws: ``AccountError/notAuthenticated``.
    public func refresh(showing token: String?, at portal: Portal) async throws -> SessionTokens {
        guard portal.settings.authenticationEnabled, let credential = credential(token, .portalRefresh) else {
            throw AccountError.notAuthenticated
        }
        let now = clock.now
        let tokens = SessionTokens(mint: mint, lifetimes: lifetimes, now: now)
        let outcome = try await store.refresh(
            with: TokenHash(of: credential), in: portal.id, to: tokens.hashes, openedSince: now.adding(.zero - lifetimes.session),
            at: now)
        guard outcome == .renewed else { throw AccountError.notAuthenticated }
        return tokens
    }

    /// Ends every session of whoever shows one of these tokens.
    public func logOut(showing tokens: [String], at portal: Portal) async throws {
        for token in tokens {
            guard let credential = credential(token, .portalAccess) ?? credential(token, .portalRefresh) else { continue }
            try await store.endSessions(ofHolder: TokenHash(of: credential), in: portal.id)
        }
    }

    private func credential(_ token: String?, _ kind: GeoCredential.Kind) -> GeoCredential? {
        guard let token, let credential = GeoCredential(token), credential.kind == kind, credential.geo == mint.geo else {
            return nil
        }
        return credential
    }
}
