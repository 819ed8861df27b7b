import Accounts
import Geography

/// The store's protocols on plain dictionaries, for tests of the pages.
actor InMemoryStore: AccountStore, PortalStore, SessionStore, AdminStore {
    struct Tokens {
        var token: OneTimeToken
        let developer: DeveloperID
    }

    struct StoredSession {
        let developer: DeveloperID
        var tokens: SessionTokenHashes
        var usedRefreshTokens: Set<TokenHash> = []
        var hasEnded = false
    }

    private var portals: [PortalID: Portal] = [:]
    private var developers: [DeveloperID: Developer] = [:]
    private var tokens: [TokenHash: Tokens] = [:]
    private var statusMailedAt: [DeveloperID: Timestamp] = [:]
    private var sessions: [SessionID: StoredSession] = [:]
    private var admins: [TokenHash: Admin] = [:]
    private var apis: [APIID: PublishedAPI] = [:]
    private var publications: [APIID: Visibility] = [:]
    /// Thrown by the next step, once.
    private var failure: (any Error)?
    private(set) var steps = 0
    private(set) var refreshes = 0
    private(set) var mails: [OutboxMail] = []

    // MARK: AccountStore

    func step<Outcome: Sendable>(
        on key: AccountKey, in portal: PortalID, decide: @escaping @Sendable (AccountSnapshot) throws -> AccountDecision<Outcome>
    ) async throws -> Outcome {
        steps += 1
        if let failure {
            self.failure = nil
            throw failure
        }
        guard let portal = portals[portal] else { throw AccountError.notFound("portal") }
        let found = developer(by: key, in: portal.id)
        var token: OneTimeToken?
        if case .oneTimeToken(let hash) = key, found != nil { token = tokens[hash]?.token }
        let addresses = Set(admins.values.map(\.email)).sorted { $0.key < $1.key }
        let snapshot = AccountSnapshot(
            portal: portal, developer: found, statusMailedAt: found.flatMap { statusMailedAt[$0.id] }, token: token,
            adminAddresses: addresses)
        let decision = try decide(snapshot)
        apply(decision.change)
        return decision.outcome
    }

    func failNextStep(with error: any Error) { failure = error }

    func developer(with email: EmailAddress, in portal: PortalID) -> Developer? {
        developers.values.first { $0.portal == portal && $0.email == email }
    }

    func developer(_ id: DeveloperID, in portal: PortalID) -> Developer? {
        developers[id].flatMap { $0.portal == portal ? $0 : nil }
    }

    func developers(in portal: PortalID, matching filter: DeveloperFilter, page: PageRequest) -> Page<Developer> {
        let all = developers.values.filter { $0.portal == portal && (filter.status == nil || $0.status == filter.status) }
            .sorted { $0.id < $1.id }
        return Page(elements: Array(all.dropFirst(page.offset).prefix(page.size)), total: all.count)
    }

    private func developer(by key: AccountKey, in portal: PortalID) -> Developer? {
        switch key {
        case .address(let email): developer(with: email, in: portal)
        case .developer(let id): developer(id, in: portal)
        case .oneTimeToken(let hash): tokens[hash].flatMap { developer($0.developer, in: portal) }
        }
    }

    private func apply(_ change: AccountChange) {
        mails += change.mails
        guard let developer = change.developer else { return }
        guard !change.deletes else { return remove(developer.id) }
        developers[developer.id] = developer
        for (hash, stored) in tokens where stored.developer == developer.id && change.spends.contains(stored.token.purpose) {
            tokens[hash]?.token = OneTimeToken(
                hash: hash, purpose: stored.token.purpose, expiresAt: stored.token.expiresAt, state: .spent)
        }
        for token in change.issues { tokens[token.hash] = Tokens(token: token, developer: developer.id) }
        if change.endsSessions { endSessions(of: developer.id) }
        if let session = change.opens { sessions[session.id] = StoredSession(developer: developer.id, tokens: session.tokens) }
        if let moment = change.statusMailedAt { statusMailedAt[developer.id] = moment }
    }

    private func remove(_ id: DeveloperID) {
        developers[id] = nil
        tokens = tokens.filter { $0.value.developer != id }
        sessions = sessions.filter { $0.value.developer != id }
        statusMailedAt[id] = nil
    }

    private func endSessions(of id: DeveloperID) {
        for (session, stored) in sessions where stored.developer == id { sessions[session]?.hasEnded = true }
    }

    // MARK: PortalStore

    func create(_ portal: Portal) throws {
        guard !portals.values.contains(where: { $0.slug == portal.slug }) else { throw AccountError.conflict("taken") }
        portals[portal.id] = portal
    }

    func portal(_ id: PortalID) -> Portal? { portals[id] }

    func portal(with slug: PortalSlug) -> Portal? { portals.values.first { $0.slug == slug } }

    func portals(page: PageRequest) -> Page<Portal> {
        Page(elements: portals.values.sorted { $0.id < $1.id }, total: portals.count)
    }

    func update(_ id: PortalID, change: @escaping @Sendable (inout Portal) throws -> Void) throws -> Portal {
        guard var portal = portals[id] else { throw AccountError.notFound("portal") }
        try change(&portal)
        portals[id] = portal
        return portal
    }

    func create(_ api: PublishedAPI) { apis[api.id] = api }

    func publish(_ api: APIID, to portal: PortalID, visibility: Visibility, at now: Timestamp) { publications[api] = visibility }

    func catalog(of portal: PortalID, visibleAs visibility: Visibility) -> [CatalogEntry] {
        publications.compactMap { id, visibility in apis[id].map { CatalogEntry(api: $0, visibility: visibility) } }
            .filter { visibility == .private || $0.visibility == .public }
            .sorted { $0.api.name < $1.api.name }
    }

    // MARK: SessionStore

    func developer(withAccessToken hash: TokenHash, in portal: PortalID, at now: Timestamp) -> Developer? {
        guard let stored = sessions.values.first(where: { $0.tokens.access == hash }), !stored.hasEnded,
            now < stored.tokens.accessExpiresAt
        else { return nil }
        return developer(stored.developer, in: portal).flatMap { $0.mayLogIn ? $0 : nil }
    }

    func refresh(with hash: TokenHash, in portal: PortalID, to new: SessionTokenHashes, at now: Timestamp) -> RefreshOutcome {
        refreshes += 1
        if let reused = sessions.first(where: { $0.value.usedRefreshTokens.contains(hash) }) {
            sessions[reused.key]?.hasEnded = true
            return .reused
        }
        guard let (id, stored) = sessions.first(where: { $0.value.tokens.refresh == hash }), !stored.hasEnded,
            now < stored.tokens.refreshExpiresAt
        else { return .refused }
        sessions[id]?.usedRefreshTokens.insert(hash)
        sessions[id]?.tokens = new
        return .renewed
    }

    func endSessions(ofHolder hash: TokenHash, in portal: PortalID) {
        let holder = sessions.values.first { $0.tokens.access == hash || $0.tokens.refresh == hash }
        if let holder { endSessions(of: holder.developer) }
    }

    // MARK: AdminStore

    func addToken(_ token: AdminToken, of admin: Admin) -> Admin {
        admins[token.hash] = admin
        return admin
    }

    func admin(withToken hash: TokenHash) -> Admin? { admins[hash] }
}
