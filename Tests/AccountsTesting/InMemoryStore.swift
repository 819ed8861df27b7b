import Accounts
import Geography

/// The store's protocols on plain dictionaries, for tests of the rules and of the pages; `StoreConformance` holds it to the words of
/// real stores.
package actor InMemoryStore: AccountStore, PortalStore, SessionStore, AdminStore {
    private struct Tokens {
        var token: OneTimeToken
        let developer: DeveloperID
    }

    private struct StoredSession {
        let developer: DeveloperID
        var tokens: SessionTokenHashes
        var usedRefreshTokens: Set<TokenHash> = []
    }

    private var portals: [PortalID: Portal] = [:]
    private var developers: [DeveloperID: Developer] = [:]
    private var tokens: [TokenHash: Tokens] = [:]
    private var statusMailedAt: [DeveloperID: Timestamp] = [:]
    private var sessions: [SessionID: StoredSession] = [:]
    private var admins: [TokenHash: Admin] = [:]
    private var apis: [APIID: PublishedAPI] = [:]
    private var publications: [PortalID: [APIID: Visibility]] = [:]
    /// Every mail of every step, oldest first, whatever became of it.
    package private(set) var mails: [OutboxMail] = []
    /// How many steps were asked for.
    package private(set) var steps = 0
    /// How often a refresh token was shown.
    package private(set) var refreshes = 0
    /// Thrown by the next step, once.
    private var failure: (any Error)?
    var waiting: [MailID: WaitingMail] = [:]
    nonisolated let arrivals = Arrivals()

    package init() {}

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
        let addresses = Set(admins.values.map(\.email)).sorted { $0.key < $1.key }
        let snapshot = AccountSnapshot(
            portal: portal, developer: found, statusMailedAt: found.flatMap { statusMailedAt[$0.id] }, token: token,
            adminAddresses: addresses)
        let decision = try decide(snapshot)
        try apply(decision.change, to: found)
        return decision.outcome
    }

    package func developer(with email: EmailAddress, in portal: PortalID) -> Developer? {
        developers.values.first { $0.portal == portal && $0.email == email }
    }

    package func developer(_ id: DeveloperID, in portal: PortalID) -> Developer? {
        developers[id].flatMap { $0.portal == portal ? $0 : nil }
    }

    package func developers(in portal: PortalID, matching filter: DeveloperFilter, page: PageRequest) -> Page<Developer> {
        let all = developers.values.filter { $0.portal == portal && filter.takes($0) }.sorted { $0.id < $1.id }
        return Page(elements: Array(all.dropFirst(page.offset).prefix(page.size)), total: all.count)
    }

    private func developer(by key: AccountKey, in portal: PortalID) -> Developer? {
        switch key {
        case .address(let email): developer(with: email, in: portal)
        case .developer(let id): developer(id, in: portal)
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
            if change.deletes { remove(developer.id) } else { applyBelongings(of: developer.id, change) }
        }
        promise(change.mails, of: change.deletes ? nil : (change.developer ?? known)?.id)
    }

    private func applyBelongings(of developer: DeveloperID, _ change: AccountChange) {
        for (hash, stored) in tokens where stored.developer == developer && change.spends.contains(stored.token.purpose) {
            tokens[hash]?.token = OneTimeToken(
                hash: hash, purpose: stored.token.purpose, expiresAt: stored.token.expiresAt, state: .spent)
        }
        for token in change.issues { tokens[token.hash] = Tokens(token: token, developer: developer) }
        if change.endsSessions { endSessions(of: developer) }
        if let session = change.opens { sessions[session.id] = StoredSession(developer: developer, tokens: session.tokens) }
        if let moment = change.statusMailedAt { statusMailedAt[developer] = moment }
    }

    private func promise(_ new: [OutboxMail], of developer: DeveloperID?) {
        for mail in new {
            mails.append(mail)
            waiting[mail.id] = WaitingMail(mail: mail, developer: developer, number: mails.count, dueAt: mail.createdAt)
        }
        if !new.isEmpty { arrivals.signal() }
    }

    private func remove(_ id: DeveloperID) {
        developers[id] = nil
        tokens = tokens.filter { $0.value.developer != id }
        sessions = sessions.filter { $0.value.developer != id }
        statusMailedAt[id] = nil
        waiting = waiting.filter { $0.value.developer != id }
    }

    // MARK: PortalStore

    package func create(_ portal: Portal) throws {
        guard !portals.values.contains(where: { $0.slug == portal.slug || $0.name == portal.name }) else {
            throw AccountError.conflict("taken")
        }
        portals[portal.id] = portal
    }

    package func portal(_ id: PortalID) -> Portal? { portals[id] }

    package func portal(with slug: PortalSlug) -> Portal? { portals.values.first { $0.slug == slug } }

    package func portals(page: PageRequest) -> Page<Portal> {
        let all = portals.values.sorted { $0.id < $1.id }
        return Page(elements: Array(all.dropFirst(page.offset).prefix(page.size)), total: all.count)
    }

    package func update(_ id: PortalID, change: @escaping @Sendable (inout Portal) throws -> Void) throws -> Portal {
        guard var portal = portals[id] else { throw AccountError.notFound("portal") }
        try change(&portal)
        guard !portals.values.contains(where: { $0.name == portal.name && $0.id != id }) else {
            throw AccountError.conflict("taken")
        }
        portals[id] = portal
        return portal
    }

    package func create(_ api: PublishedAPI) throws {
        let isTaken = apis.values.contains { ($0.name == api.name && $0.version == api.version) || $0.slug == api.slug }
        guard !isTaken else { throw AccountError.conflict("taken") }
        apis[api.id] = api
    }

    package func publish(_ api: APIID, to portal: PortalID, visibility: Visibility, at now: Timestamp) throws {
        guard portals[portal] != nil else { throw AccountError.notFound("portal") }
        guard apis[api] != nil else { throw AccountError.notFound("API") }
        publications[portal, default: [:]][api] = visibility
    }

    package func catalog(of portal: PortalID, visibleAs visibility: Visibility) -> [CatalogEntry] {
        publications[portal, default: [:]].compactMap { id, published in
            guard let api = apis[id], published == .public || visibility == .private else { return nil }
            return CatalogEntry(api: api, visibility: published)
        }.sorted { $0.api.name.lowercased() < $1.api.name.lowercased() }
    }

    // MARK: SessionStore

    package func developer(withAccessToken hash: TokenHash, in portal: PortalID, at now: Timestamp) -> Developer? {
        guard let stored = sessions.values.first(where: { $0.tokens.access == hash }), now < stored.tokens.accessExpiresAt else {
            return nil
        }
        return developer(stored.developer, in: portal).flatMap { $0.mayLogIn ? $0 : nil }
    }

    package func refresh(with hash: TokenHash, in portal: PortalID, to new: SessionTokenHashes, at now: Timestamp)
        -> RefreshOutcome
    {
        refreshes += 1
        let found = sessions.first { $0.value.tokens.refresh == hash || $0.value.usedRefreshTokens.contains(hash) }
        guard let (id, stored) = found, developer(stored.developer, in: portal)?.mayLogIn == true else { return .refused }
        guard stored.tokens.refresh == hash else {
            sessions[id] = nil
            return .reused
        }
        guard now < stored.tokens.refreshExpiresAt else { return .refused }
        sessions[id]?.usedRefreshTokens.insert(hash)
        sessions[id]?.tokens = new
        return .renewed
    }

    package func endSessions(ofHolder hash: TokenHash, in portal: PortalID) {
        let holder = sessions.values.first { $0.tokens.access == hash || $0.tokens.refresh == hash }
        if let holder, developer(holder.developer, in: portal) != nil { endSessions(of: holder.developer) }
    }

    private func endSessions(of id: DeveloperID) { sessions = sessions.filter { $0.value.developer != id } }

    // MARK: AdminStore

    package func addToken(_ token: AdminToken, of admin: Admin) -> Admin {
        let stored = admins.values.first { $0.email == admin.email } ?? admin
        admins[token.hash] = stored
        return stored
    }

    package func admin(withToken hash: TokenHash) -> Admin? { admins[hash] }
}

extension DeveloperFilter {
    fileprivate func takes(_ developer: Developer) -> Bool {
        if status == .pending, !developer.isVerified { return false }
        return (status == nil || status == developer.status) && (isVerified == nil || isVerified == developer.isVerified)
    }
}
