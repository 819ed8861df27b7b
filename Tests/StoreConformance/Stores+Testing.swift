import Accounts

/// Short forms for tests to which it does not matter what the audit log tells, or in which order a list is.
extension PortalStore {
    public func create(_ portal: Portal) async throws {
        try await create(portal, recording: AuditEvent(.portalCreated, by: .operator, portal: portal.id))
    }

    public func update(_ id: PortalID, change: @escaping @Sendable (inout Portal) throws -> Void) async throws -> Portal {
        try await update(id, recording: AuditEvent(.portalUpdated, by: .operator, portal: id), change: change)
    }
}

extension CatalogStore {
    public func create(_ api: PublishedAPI) async throws {
        try await step(on: api.id, at: nil) { _ in
            var change = CatalogChange()
            change.api = .put(api)
            change.events = [AuditEvent(.apiCreated, by: .operator, subject: api.id.description)]
            return CatalogDecision((), change)
        }
    }

    /// Publishes an API whose publication is not there yet, or changes who sees it.
    public func publish(_ api: APIID, to portal: PortalID, visibility: Visibility, at now: Timestamp) async throws {
        try await step(on: api, at: portal) { snapshot in
            var change = CatalogChange()
            let made = snapshot.publication?.createdAt ?? now
            change.publication = .put(
                Publication(api: api, portal: portal, visibility: visibility, createdAt: made, updatedAt: now))
            return CatalogDecision((), change)
        }
    }

    /// Everything that a catalog shows, by name.
    public func catalog(of portal: PortalID, visibleAs visibility: Visibility) async throws -> [CatalogEntry] {
        try await catalog(
            of: portal, visibleAs: visibility, selectedBy: APISelection(), page: PageRequest(size: PageRequest.maximumSize)
        ).elements
    }
}

extension AccountStore {
    public func developers(
        in portal: PortalID, matching filter: DeveloperFilter, page: PageRequest
    ) async throws -> Page<Developer> {
        try await developers(in: portal, matching: filter, sortedBy: DeveloperOrder(), page: page)
    }
}

extension SessionStore {
    /// Of a session of any age.
    public func refresh(
        with hash: TokenHash, in portal: PortalID, to tokens: SessionTokenHashes, at now: Timestamp
    ) async throws -> RefreshOutcome {
        try await refresh(with: hash, in: portal, to: tokens, openedSince: Timestamp(milliseconds: 0), at: now)
    }

    public func developer(withAccessToken hash: TokenHash, in portal: PortalID, at now: Timestamp) async throws -> Developer? {
        try await session(withAccessToken: hash, in: portal, at: now)?.developer
    }
}

extension AdminStore {
    /// Makes a token for the admin with this address, and the admin where there is none.
    public func addToken(_ token: AdminToken, of admin: Admin) async throws -> Admin {
        try await stepOnAdmins { admins in
            let known = admins.first { $0.email == admin.email }
            var decision = AdminDecision(known ?? admin)
            decision.saves = known == nil ? [admin] : []
            decision.issues = (token, (known ?? admin).id)
            return decision
        }
    }
}
