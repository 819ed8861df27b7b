import Accounts
import Geography

/// The store's protocols on plain dictionaries, for tests of the rules and of the pages; `StoreConformance` holds it to the words of
/// real stores.
package actor InMemoryStore: AccountStore, PortalStore, SessionStore {
    struct StoredToken {
        var token: OneTimeToken
        let developer: DeveloperID
        let issuedAt: Timestamp
    }

    struct StoredSession {
        let new: NewSession
        let developer: DeveloperID
        var tokens: SessionTokenHashes
        var renewedAt: Timestamp
        var usedRefreshTokens: Set<TokenHash> = []
    }

    var portals: [PortalID: Portal] = [:]
    var providers: [IdentityProviderID: IdentityProvider] = [:]
    var identities: [IdentityPlace: (developer: DeveloperID, link: IdentityLink)] = [:]
    package var spentAttempts: [TokenHash: Timestamp] = [:]
    var teamMappings: [TeamMappingID: TeamMapping] = [:]
    var notices: [TokenHash: Timestamp] = [:]
    var developers: [DeveloperID: Developer] = [:]
    var tokens: [TokenHash: StoredToken] = [:]
    private var statusMailedAt: [DeveloperID: Timestamp] = [:]
    var sessions: [SessionID: StoredSession] = [:]
    var adminsByID: [AdminID: Admin] = [:]
    var adminTokens: [IssuedToken] = []
    var consoles: [AdminID: ConsoleAccount] = [:]
    var consoleTokens: [IssuedConsoleToken] = []
    var consoleSessions: [StoredConsoleSession] = []
    var auditLog: [AuditEntry] = []
    var throttleCounts: [[UInt8]: ThrottleRecord] = [:]
    var apis: [APIID: StoredAPI] = [:]
    var mailTemplates: [PortalID: [MailTemplateName: CustomMailTemplate]] = [:]
    var images: [PortalID: [PortalImage.Kind: PortalImage]] = [:]
    /// Every mail of every step, oldest first, whatever became of it.
    package private(set) var mails: [OutboxMail] = []
    /// How many steps were asked for.
    package private(set) var steps = 0
    /// How often a refresh token was shown.
    package private(set) var refreshes = 0
    /// Thrown by the next step, once.
    private var failure: (any Error)?
    var waiting: [MailID: WaitingMail] = [:]
    /// When mails were delivered.
    var delivered: [MailID: Timestamp] = [:]
    let clock: any WallClock
    nonisolated let arrivals = Arrivals()
    nonisolated let retries = Arrivals()

    package init(clock: any WallClock = SystemClock()) { self.clock = clock }

    package func failNextStep(with error: any Error) { failure = error }

    // MARK: AccountStore

    package func step<Outcome: Sendable>(
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
        let addresses = adminsByID.values.filter { $0.role.may(.decideAboutDevelopers) }.map(\.email).sorted { $0.key < $1.key }
        let (hourAgo, inAnHour) = (clock.now.adding(.seconds(-3600)), clock.now.adding(.seconds(3600)))
        let recent = tokens.values.count { $0.developer == found?.id && $0.issuedAt > hourAgo && $0.issuedAt < inAnHour }
        let snapshot = AccountSnapshot(
            portal: portal, developer: found, statusMailedAt: found.flatMap { statusMailedAt[$0.id] }, token: token,
            tokensOfLastHour: recent, adminAddresses: token == nil ? [] : addresses,
            isFoundByIdentity: isFoundByIdentity(key, found), identities: identities(of: found, askedBy: key))
        let decision = try decide(snapshot)
        try apply(decision.change, to: found)
        record(decision.change.events, throttles: decision.change.throttles)
        return decision.outcome
    }

    package func developer(with email: EmailAddress, in portal: PortalID) -> Developer? {
        developers.values.first { $0.portal == portal && $0.email == email }
    }

    package func developer(_ id: DeveloperID, in portal: PortalID) -> Developer? {
        developers[id].flatMap { $0.portal == portal ? $0 : nil }
    }

    package func developers(_ ids: Set<DeveloperID>, in portal: PortalID) -> [Developer] {
        ids.compactMap { developer($0, in: portal) }
    }

    package func developers(
        in portal: PortalID, matching filter: DeveloperFilter, sortedBy order: DeveloperOrder, page: PageRequest
    ) -> Page<Developer> {
        let found = developers.values.filter { $0.portal == portal && filter.takes($0) }.sorted { order.sorts($0, before: $1) }
        let all = order.isDescending ? found.reversed() : found
        return Page(elements: Array(all.dropFirst(page.offset).prefix(page.size)), total: all.count)
    }

    private func developer(by key: AccountKey, in portal: PortalID) -> Developer? {
        switch key {
        case .address(let email): developer(with: email, in: portal)
        case .developer(let id): developer(id, in: portal)
        case .identity(let identity, let email): developer(with: identity, or: email, in: portal)
        case .oneTimeToken(let hash): tokens[hash].flatMap { developer($0.developer, in: portal) }
        }
    }

    private func apply(_ change: AccountChange, to known: Developer?) throws {
        if let changed = change.developer, !change.deletes {
            let rival = developer(with: changed.email, in: changed.portal)
            guard rival == nil || rival?.id == changed.id else { throw AccountError.conflict("taken") }
            developers[changed.id] = changed
        }
        if let developer = change.developer ?? known {
            if change.deletes { remove(developer.id) } else { try applyBelongings(of: developer.id, change) }
        }
        promise(change.mails, of: change.deletes ? nil : (change.developer ?? known)?.id)
    }

    private func applyBelongings(of developer: DeveloperID, _ change: AccountChange) throws {
        for (hash, stored) in tokens where stored.developer == developer && change.spends.contains(stored.token.purpose) {
            tokens[hash]?.token = OneTimeToken(
                hash: hash, purpose: stored.token.purpose, expiresAt: stored.token.expiresAt, state: .spent)
        }
        for token in change.issues { tokens[token.hash] = StoredToken(token: token, developer: developer, issuedAt: clock.now) }
        sessions = sessions.filter { id, session in
            guard session.developer == developer else { return true }
            return switch change.ends {
            case .none: true
            case .all: false
            case .allBut(let kept): id == kept
            case .one(let ended): id != ended
            }
        }
        if let link = change.links { try keep(link, of: developer) }
        if let session = change.opens {
            sessions[session.id] = StoredSession(
                new: session, developer: developer, tokens: session.tokens, renewedAt: session.createdAt)
        }
        if let moment = change.statusMailedAt { statusMailedAt[developer] = moment }
    }

    func promise(_ new: [OutboxMail], of developer: DeveloperID?) {
        for mail in new {
            mails.append(mail)
            waiting[mail.id] = WaitingMail(mail: mail, developer: developer, number: mails.count, dueAt: mail.createdAt)
        }
        if !new.isEmpty { arrivals.signal() }
    }

    func remove(_ id: DeveloperID) {
        developers[id] = nil
        tokens = tokens.filter { $0.value.developer != id }
        sessions = sessions.filter { $0.value.developer != id }
        identities = identities.filter { $0.value.developer != id }
        statusMailedAt[id] = nil
        waiting = waiting.filter { $0.value.developer != id }
    }

    // MARK: PortalStore

    package func create(_ portal: Portal, recording event: AuditEvent) throws {
        guard !portals.values.contains(where: { $0.slug == portal.slug || $0.name == portal.name }) else {
            throw AccountError.conflict("taken")
        }
        portals[portal.id] = portal
        record([event], throttles: [])
    }

    package func portal(_ id: PortalID) -> Portal? { portals[id] }

    package func portal(with slug: PortalSlug) -> Portal? { portals.values.first { $0.slug == slug } }

    package func portals(page: PageRequest) -> Page<Portal> {
        let all = portals.values.sorted { $0.id < $1.id }
        return Page(elements: Array(all.dropFirst(page.offset).prefix(page.size)), total: all.count)
    }

    package func update(
        _ id: PortalID, recording event: AuditEvent, change: @escaping @Sendable (inout Portal) throws -> Void
    ) throws -> Portal {
        guard var portal = portals[id] else { throw AccountError.notFound("portal") }
        try change(&portal)
        guard !portals.values.contains(where: { $0.name == portal.name && $0.id != id }) else {
            throw AccountError.conflict("taken")
        }
        portals[id] = portal
        record([event], throttles: [])
        return portal
    }

    package func deleteDevelopers(of portal: PortalID, limit: Int, by actor: AuditActor) -> Int {
        let leaving = developers.values.filter { $0.portal == portal }.prefix(limit)
        for developer in leaving {
            remove(developer.id)
            record([AuditEvent(.developerDeleted, by: actor, on: developer)], throttles: [])
        }
        return leaving.count
    }

    package func delete(_ id: PortalID, evenPublishing: Bool, recording event: AuditEvent) throws {
        guard portals[id] != nil else { throw AccountError.notFound("portal") }
        guard evenPublishing || publications(of: nil, at: id, page: PageRequest()).total == 0,
            !developers.values.contains(where: { $0.portal == id })
        else { throw AccountError.conflict("in use") }
        portals[id] = nil
        providers = providers.filter { $0.value.portal != id }
        images[id] = nil
        mailTemplates[id] = nil
        for api in apis.keys { apis[api]?.publications[id] = nil }
        record([event], throttles: [])
    }

    // MARK: SessionStore

    package func session(withAccessToken hash: TokenHash, in portal: PortalID, at now: Timestamp) -> OpenSession? {
        guard let (id, stored) = sessions.first(where: { $0.value.tokens.access == hash }),
            now < stored.tokens.accessExpiresAt, let developer = developer(stored.developer, in: portal), developer.mayLogIn
        else { return nil }
        return OpenSession(id: id, developer: developer)
    }

    package func sessions(of developer: DeveloperID, in portal: PortalID, at now: Timestamp) -> [SessionSummary] {
        guard self.developer(developer, in: portal) != nil else { return [] }
        return sessions.values.filter { $0.developer == developer && now < $0.tokens.refreshExpiresAt }
            .map { session in
                SessionSummary(
                    id: session.new.id, agent: session.new.agent, createdAt: session.new.createdAt,
                    renewedAt: session.renewedAt, expiresAt: session.tokens.refreshExpiresAt)
            }.sorted { $0.id > $1.id }
    }

    package func refresh(
        with hash: TokenHash, in portal: PortalID, to new: SessionTokenHashes, openedSince earliest: Timestamp, at now: Timestamp
    ) -> RefreshOutcome {
        refreshes += 1
        let found = sessions.first { $0.value.tokens.refresh == hash || $0.value.usedRefreshTokens.contains(hash) }
        guard let (id, stored) = found, let owner = developer(stored.developer, in: portal), owner.mayLogIn else {
            return .refused
        }
        guard stored.tokens.refresh == hash else {
            sessions[id] = nil
            record(
                [AuditEvent(.refreshTokenReused, by: .anonymous, on: owner, subject: id.description)], throttles: [])
            return .reused
        }
        guard now < stored.tokens.refreshExpiresAt, stored.new.createdAt >= earliest else { return .refused }
        sessions[id]?.usedRefreshTokens.insert(hash)
        sessions[id]?.tokens = new
        sessions[id]?.renewedAt = now
        return .renewed
    }

    package func endSessions(ofHolder hash: TokenHash, in portal: PortalID) {
        let holder = sessions.values.first { $0.tokens.access == hash || $0.tokens.refresh == hash }
        guard let holder, let developer = developer(holder.developer, in: portal) else { return }
        sessions = sessions.filter { $0.value.developer != developer.id }
        record([AuditEvent(.loggedOut, ofOwn: developer)], throttles: [])
    }
}

extension DeveloperOrder {
    /// In ascending order; developers that the key does not tell apart by the time of their making.
    fileprivate func sorts(_ one: Developer, before other: Developer) -> Bool {
        switch key {
        case .createdAt: one.id < other.id
        case .updatedAt: (one.updatedAt, one.id) < (other.updatedAt, other.id)
        case .email: (Array(one.email.key.utf8), one.id) < (Array(other.email.key.utf8), other.id)
        case .name: (Array(one.fullName.key.utf8), one.id) < (Array(other.fullName.key.utf8), other.id)
        case .status: (one.status.rawValue, one.id) < (other.status.rawValue, other.id)
        }
    }
}

private func < (one: ([UInt8], DeveloperID), other: ([UInt8], DeveloperID)) -> Bool {
    one.0 == other.0 ? one.1 < other.1 : one.0.lexicographicallyPrecedes(other.0)
}
