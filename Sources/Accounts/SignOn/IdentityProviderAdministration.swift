/// Sets up how developers log in to a portal (contract operations on identity providers and authentication settings).
public struct IdentityProviderAdministration: Sendable {
    /// The most providers of a portal; one of them at most is on.
    public static let mostProviders = 10

    let store: any SignOnStore
    let client: any IdentityProviderClient
    let sealing: SignOnSealing
    let mint: Mint
    let clock: any WallClock
    let links: PortalLinks

    public func providers(of portal: Portal) async throws -> [IdentityProvider] {
        try await store.identityProviders(of: portal.id)
    }

    public func provider(_ id: IdentityProviderID, of portal: Portal) async throws -> IdentityProvider {
        guard let provider = try await store.identityProvider(id, of: portal.id) else { throw Self.missing }
        return provider
    }

    /// - Throws: ``AccountError/invalidFields(_:)``; ``AccountError/conflict(_:)`` where the portal has too many, or another is on.
    public func create(_ draft: IdentityProviderDraft, of portal: Portal, by actor: AuditActor) async throws -> IdentityProvider {
        try draft.check()
        guard let issuer = draft.issuer, let clientID = draft.clientID else {
            let missing = [(draft.issuer, "config.issuer_url"), (draft.clientID, "config.client_id")]
            throw AccountError.invalidFields(missing.filter { $0.0 == nil }.map { .required($0.1) })
        }
        let now = clock.now
        var made = IdentityProvider(
            id: mint.id(), portal: portal.id, issuer: issuer, clientID: clientID, createdAt: now, updatedAt: now)
        try draft.apply(to: &made, sealing: sealing)
        let provider = made
        return try await store.stepOnIdentityProviders(of: portal.id) { portal, known in
            guard known.count < Self.mostProviders else {
                throw AccountError.conflict("A portal has at most \(Self.mostProviders) identity providers.")
            }
            var decision = IdentityProviderDecision(provider)
            decision.saves = [provider]
            decision.events = [
                AuditEvent(.identityProviderCreated, by: actor, portal: portal.id, subject: provider.id.description)
            ]
            try Self.turn(provider.id, on: draft.isEnabled, of: portal, at: now, in: &decision)
            return decision
        }
    }

    /// - Throws: as ``create(_:of:by:)``, ``AccountError/notFound(_:)``, and ``AccountError/conflict(_:)`` where nobody could log in then.
    public func update(
        _ id: IdentityProviderID, with draft: IdentityProviderDraft, of portal: Portal, by actor: AuditActor
    ) async throws -> IdentityProvider {
        try draft.check()
        let (now, sealing) = (clock.now, sealing)
        return try await store.stepOnIdentityProviders(of: portal.id) { portal, known in
            guard var provider = known.first(where: { $0.id == id }) else { throw Self.missing }
            try draft.apply(to: &provider, sealing: sealing)
            provider.updatedAt = now
            var decision = IdentityProviderDecision(provider)
            decision.saves = [provider]
            decision.events = [AuditEvent(.identityProviderUpdated, by: actor, portal: portal.id, subject: id.description)]
            try Self.turn(id, on: draft.isEnabled, of: portal, at: now, in: &decision)
            return decision
        }
    }

    /// Removes a provider. Developers who came through it stay; who is let in again by the same issuer is known again.
    ///
    /// - Throws: ``AccountError/notFound(_:)``; ``AccountError/conflict(_:)`` where nobody could log in then.
    public func delete(_ id: IdentityProviderID, of portal: Portal, by actor: AuditActor) async throws {
        let now = clock.now
        try await store.stepOnIdentityProviders(of: portal.id) { portal, known in
            guard known.contains(where: { $0.id == id }) else { throw Self.missing }
            var decision = IdentityProviderDecision(())
            decision.deletes = [id]
            decision.events = [AuditEvent(.identityProviderDeleted, by: actor, portal: portal.id, subject: id.description)]
            try Self.turn(id, on: false, of: portal, at: now, in: &decision)
            return decision
        }
    }

    /// Switches the methods of log-in; nil leaves one as it is.
    ///
    /// - Parameter singleSignOn: on means the provider that was made first, where none is on.
    /// - Throws: ``AccountError/conflict(_:)`` where nobody could log in then, or there is no provider to switch on.
    public func switchMethods(
        passwords: Bool?, singleSignOn: Bool?, of portal: Portal, by actor: AuditActor
    ) async throws -> Portal {
        let now = clock.now
        return try await store.stepOnIdentityProviders(of: portal.id) { portal, known in
            var changed = portal
            changed.settings.passwordsEnabled = passwords ?? portal.settings.passwordsEnabled
            switch singleSignOn {
            case true?:
                guard let provider = portal.settings.identityProvider ?? known.first?.id else {
                    throw AccountError.conflict("Set up an identity provider first.")
                }
                changed.settings.identityProvider = provider
            case false?: changed.settings.identityProvider = nil
            case nil: break
            }
            try Self.requireMethod(of: changed)
            var decision = IdentityProviderDecision(changed)
            guard changed.settings != portal.settings else { return decision }
            changed.updatedAt = now
            decision = IdentityProviderDecision(changed)
            decision.portal = changed
            decision.events = [AuditEvent(.logInMethodsChanged, by: actor, portal: portal.id)]
            return decision
        }
    }

    /// Tries a configuration without changing anything, and tells step by step what came of it.
    ///
    /// - Throws: ``AccountError/notFound(_:)``.
    public func examine(_ id: IdentityProviderID, of portal: Portal) async throws -> [ExaminedStep] {
        let provider = try await provider(id, of: portal)
        return await client.examine(try provider.access(by: sealing), returningTo: links.logIn(at: portal))
    }

    private static let missing = AccountError.notFound("identity provider")

    private static func turn<Outcome>(
        _ id: IdentityProviderID, on isOn: Bool?, of portal: Portal, at now: Timestamp,
        in decision: inout IdentityProviderDecision<Outcome>
    ) throws {
        guard let isOn, isOn != (portal.settings.identityProvider == id) else { return }
        guard !isOn || portal.settings.identityProvider == nil else {
            throw AccountError.conflict("Another identity provider of this portal is on; switch that off first.")
        }
        var changed = portal
        changed.settings.identityProvider = isOn ? id : nil
        changed.updatedAt = now
        try requireMethod(of: changed)
        decision.portal = changed
    }

    private static func requireMethod(of portal: Portal) throws {
        guard portal.settings.passwordsEnabled || portal.settings.identityProvider != nil else {
            throw AccountError.conflict(
                "No other method of log-in is set up. To let nobody log in, set the portal's authentication_enabled to false.")
        }
    }
}
