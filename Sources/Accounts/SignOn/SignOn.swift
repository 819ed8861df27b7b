import Geography

/// Opens sessions through a portal's identity provider (contract operation `authenticate-sso`).
///
/// ```
/// begin     -> to the provider, with a state that this browser alone can bring back, once, for ten minutes
/// complete  -> the provider's word is judged; then, in one step:
///              known person, may log in           -> a session
///              known person, rejected or revoked  -> as a wrong log-in
///              new person, free address           -> an approved and verified developer, a session
///              new person, known address          -> ``SignOnLinking``
/// ```
public struct SignOn: Sendable {
    /// How long somebody may take at the provider.
    public static let attemptLifetime = Duration.seconds(600)
    public static let maximumCodeLength = 4096
    /// The `state` of a log-out at the provider. Some lead back only where there is one. It proves nothing, and nothing depends on it but a
    /// sentence on the log-in page.
    public static let logOutState = "logged-out"

    /// What a browser gets that goes to the provider.
    public struct Departure: Hashable, Sendable {
        public let address: String
        /// What the browser keeps until it comes back.
        public let browser: String
    }

    /// What a browser brings back.
    public struct Arrival: Sendable {
        public var state: String?
        public var code: String?
        public var issuer: String?
        public var error: String?
        /// What it was given to keep.
        public var browser: String?

        public init(state: String?, code: String?, issuer: String?, error: String?, browser: String?) {
            self.state = state
            self.code = code
            self.issuer = issuer
            self.error = error
            self.browser = browser
        }
    }

    public struct Outcome: Hashable, Sendable {
        public let session: SessionTokens
        /// Where the person wanted to go: an absolute address of this portal.
        public let destination: String
    }

    let store: any AccountStore & SignOnStore
    let client: any IdentityProviderClient
    let sealing: SignOnSealing
    let mint: Mint
    let clock: any WallClock
    let lifetimes: SessionLifetimes
    let links: PortalLinks

    /// Sends a browser to the provider.
    ///
    /// - Parameters:
    ///   - destination: where to go afterwards, an absolute address; the catalog where it is nil.
    ///   - browser: what the browser keeps, with its attempts in other tabs.
    /// - Throws: ``SignOnError/notOffered``; ``SignOnError/foreignDestination``; ``SignOnError/providerUnavailable(_:)``.
    public func begin(to destination: String?, from browser: String?, at portal: Portal) async throws -> Departure {
        guard let destination = SignOnDestination(destination, at: portal, links: links) else {
            throw SignOnError.foreignDestination
        }
        let provider = try await activeProvider(of: portal)
        let state = mint.oneTimeToken()
        var kept = keptValue(browser) ?? SignOnBrowser(id: mint.oneTimeToken())
        let secrets = SignOnSecrets(mint: mint, destination: destination.address)
        let address = try await client.address(
            for: secrets.request(state: state, returningTo: links.logIn(at: portal)), at: access(to: provider))
        let attempt = SignOnAttempt(
            provider: provider.id, expiresAt: clock.now.adding(Self.attemptLifetime), secrets: secrets)
        kept.add(try sealing.seal(attempt.text, for: Self.place(of: state, in: kept, at: portal)))
        return Departure(address: address, browser: kept.text)
    }

    /// Lets in whom the provider sends back.
    ///
    /// - Parameter client: whose browser it is, for the list of sessions.
    /// - Throws: ``SignOnError``; ``AccountError/invalidCredentials`` for a rejected or revoked developer.
    public func complete(_ arrival: Arrival, from client: Client = .unknown, at portal: Portal) async throws -> Outcome {
        guard let state = arrival.state.flatMap({ GeoUUID($0) }), state.geo == mint.number,
            let attempt = attempt(with: state, keptBy: arrival.browser, at: portal), clock.now < attempt.expiresAt,
            try await store.spendAttempt(TokenHash(of: state), at: portal.id, until: attempt.expiresAt)
        else { throw SignOnError.unknownAttempt }
        let provider = try await activeProvider(of: portal)
        guard provider.id == attempt.provider else { throw SignOnError.notOffered }
        if let error = arrival.error { throw SignOnError.refusedByProvider(Self.word(of: error)) }
        guard let code = arrival.code, !code.isEmpty, code.utf8.count <= Self.maximumCodeLength else {
            throw SignOnError.unknownAttempt
        }
        let secrets = attempt.secrets
        let answer = SignOnAnswer(
            code: code, issuer: arrival.issuer, request: secrets.request(state: state, returningTo: links.logIn(at: portal)))
        let proven = try await self.client.identity(for: answer, at: access(to: provider))
        let session = try await open(for: proven, through: provider, from: client, at: portal)
        return Outcome(session: session, destination: secrets.destination)
    }

    /// Where a browser goes to log out at the provider too; nil for a session that was opened by password, and where the provider offers
    /// nothing. To be asked before the session ends.
    public func logOutAddress(showing tokens: [String], at portal: Portal) async throws -> String? {
        for token in tokens {
            guard let credential = GeoCredential(token), credential.geo == mint.geo,
                let origin = try await store.origin(ofSessionWith: TokenHash(of: credential), in: portal.id),
                let provider = try await store.identityProvider(origin.provider, of: portal.id)
            else { continue }
            let idToken = try sealing.open(origin.idToken, for: Self.idTokenPlace)
            return await client.logOutAddress(
                idToken: idToken, returningTo: links.logIn(at: portal), at: try access(to: provider))
        }
        return nil
    }

    /// Ends the sessions that the provider has ended. A token that came before changes nothing.
    ///
    /// - Throws: ``SignOnError``.
    public func logOut(toldBy token: String, at portal: Portal) async throws {
        let provider = try await activeProvider(of: portal)
        let told = try await client.logOut(token, at: access(to: provider))
        let hash = { SignOnIdentity(issuer: provider.issuer, subject: $0).hash }
        let notice = LogOutNotice(
            id: hash(told.tokenID), identity: told.identity?.hash, providerSession: told.session.map(hash),
            expiresAt: told.expiresAt)
        _ = try await store.endSessions(toldBy: notice, in: portal.id, at: clock.now)
    }

    func activeProvider(of portal: Portal) async throws -> IdentityProvider {
        guard portal.settings.authenticationEnabled, let id = portal.settings.identityProvider,
            let provider = try await store.identityProvider(id, of: portal.id)
        else { throw SignOnError.notOffered }
        return provider
    }

    private func access(to provider: IdentityProvider) throws -> ProviderAccess { try provider.access(by: sealing) }

    private func open(
        for proven: ProvenIdentity, through provider: IdentityProvider, from client: Client, at portal: Portal
    ) async throws -> SessionTokens {
        guard let text = proven.email, let address = try? EmailAddress(text) else { throw SignOnError.noAddress }
        guard proven.isEmailVerified != false else { throw SignOnError.unverifiedAddress }
        let now = clock.now
        let tokens = SessionTokens(mint: mint, lifetimes: lifetimes, now: now)
        let origin = SessionOrigin(
            provider: provider.id, identity: proven.identity.hash,
            providerSession: proven.providerSession.map { SignOnIdentity(issuer: provider.issuer, subject: $0).hash },
            idToken: try sealing.seal(proven.idToken, for: Self.idTokenPlace))
        let session = NewSession(id: mint.id(), tokens: tokens.hashes, agent: client.agent, createdAt: now, origin: origin)
        let newcomer = Developer(
            id: mint.id(), portal: portal.id, email: address, fullName: try Self.name(of: proven, address), status: .approved,
            verifiedAt: now, origin: .singleSignOn, createdAt: now, updatedAt: now)
        let linking = SignOnLinking(
            proven: proven, provider: provider, newcomer: newcomer,
            subject: try sealing.seal(proven.identity.subject, for: KnownIdentities.place(of: proven.identity.hash)), now: now)
        try await store.step(on: .identity(proven.identity.hash, address), in: portal.id) { account in
            guard account.portal.settings.authenticationEnabled, account.portal.settings.identityProvider == provider.id else {
                throw SignOnError.notOffered
            }
            var change = try linking.change(of: account)
            change.opens = session
            return AccountDecision(change.tellingLogIn(of: session.id))
        }
        return tokens
    }

    private func keptValue(_ text: String?) -> SignOnBrowser? {
        guard let value = SignOnBrowser(text), value.id.geo == mint.number else { return nil }
        return value
    }

    /// The attempt of a browser that belongs to a state; nil where this browser has begun none with it at this portal.
    private func attempt(with state: GeoUUID, keptBy browser: String?, at portal: Portal) -> SignOnAttempt? {
        guard let kept = keptValue(browser) else { return nil }
        let place = Self.place(of: state, in: kept, at: portal)
        return kept.attempts.lazy.compactMap { try? SignOnAttempt(text: sealing.open($0, for: place)) }.first
    }

    /// The provider's name for the person, else the address: a portal greets everybody somehow.
    private static func name(of proven: ProvenIdentity, _ address: EmailAddress) throws -> FullName {
        let printable = String((proven.name ?? "").unicodeScalars.filter(FullName.isAllowed).map(Character.init))
        for text in [printable, String(address.value.prefix { $0 != "@" })] {
            if let name = try? FullName(text) { return name }
        }
        return try FullName(address.value)
    }

    /// The error codes that are worth telling apart (RFC 6749, section 4.1.2.1; OpenID Connect Core 1.0, section 3.1.2.6).
    private static let errorWords: Set<String> = [
        "access_denied", "interaction_required", "login_required", "account_selection_required", "consent_required",
        "invalid_request", "unauthorized_client", "unsupported_response_type", "invalid_scope", "server_error",
        "temporarily_unavailable",
    ]

    private static func word(of error: String) -> String { errorWords.contains(error) ? error : "other" }

    private static let idTokenPlace = "id token"

    private static func place(of state: GeoUUID, in browser: SignOnBrowser, at portal: Portal) -> String {
        "attempt \(state) of \(browser.id) at \(portal.id)"
    }
}

extension AccountChange {
    /// Adds what the audit log tells of a log-in by the developer of the change.
    fileprivate func tellingLogIn(of session: SessionID) -> AccountChange {
        var change = self
        if let developer { change.events.append(AuditEvent(.loggedIn, ofOwn: developer, subject: session.description)) }
        return change
    }
}
