import Accounts

extension InMemoryStore: ConsoleStore {
    struct IssuedConsoleToken {
        let token: ConsoleToken
        let admin: AdminID
        let issuedAt: Timestamp
        var isSpent = false
    }

    struct StoredConsoleSession {
        let new: NewConsoleSession
        let admin: AdminID
        var lastSeenAt: Timestamp
        var passwordConfirmedAt: Timestamp
    }

    package func step<Outcome: Sendable>(
        onConsole key: ConsoleKey, decide: @escaping @Sendable (ConsoleSnapshot) throws -> ConsoleDecision<Outcome>
    ) throws -> Outcome {
        let found = snapshot(of: key)
        let decision = try decide(found)
        if let admin = found.admin { apply(decision.change, to: admin.id) }
        promise(decision.change.mails, of: nil)
        record(decision.change.events, throttles: decision.change.throttles)
        return decision.outcome
    }

    package func consoleSession(with hash: TokenHash) -> ConsoleSession? {
        consoleSessions.first { $0.new.hash == hash }.flatMap(session)
    }

    package func consoleSessions(of admin: AdminID) -> [ConsoleSession] {
        consoleSessions.filter { $0.admin == admin }.compactMap(session).sorted { $0.id > $1.id }
    }

    package func note(useOf session: ConsoleSessionID, at moment: Timestamp) {
        for index in consoleSessions.indices where consoleSessions[index].new.id == session {
            consoleSessions[index].lastSeenAt = moment
        }
    }

    func removeConsole(of admin: AdminID) {
        consoles[admin] = nil
        consoleTokens.removeAll { $0.admin == admin }
        consoleSessions.removeAll { $0.admin == admin }
    }

    private func snapshot(of key: ConsoleKey) -> ConsoleSnapshot {
        var issued: IssuedConsoleToken?
        let admin: Admin?
        switch key {
        case .address(let address): admin = admins().first { $0.email == address }
        case .admin(let id): admin = adminsByID[id]
        case .token(let hash):
            issued = consoleTokens.first { $0.token.hash == hash && !$0.isSpent }
            admin = issued.flatMap { adminsByID[$0.admin] }
        }
        let hourAgo = clock.now.adding(.seconds(-3600))
        let links = consoleTokens.count {
            $0.admin == admin?.id && $0.token.purpose == .setPassword && $0.issuedAt > hourAgo
        }
        return ConsoleSnapshot(
            admin: admin, account: admin.flatMap { consoles[$0.id] }, token: issued?.token, linksOfLastHour: links)
    }

    private func apply(_ change: ConsoleChange, to admin: AdminID) {
        if let account = change.account { consoles[admin] = account }
        for index in consoleTokens.indices
        where consoleTokens[index].admin == admin && change.spends.contains(consoleTokens[index].token.purpose) {
            consoleTokens[index].isSpent = true
        }
        if let token = change.issues {
            consoleTokens.append(IssuedConsoleToken(token: token, admin: admin, issuedAt: clock.now))
        }
        consoleSessions.removeAll { session in
            guard session.admin == admin else { return false }
            return switch change.ends {
            case .none: false
            case .all: true
            case .allBut(let kept): session.new.id != kept
            case .one(let ended): session.new.id == ended
            }
        }
        if let new = change.opens {
            consoleSessions.append(
                StoredConsoleSession(
                    new: new, admin: admin, lastSeenAt: new.createdAt, passwordConfirmedAt: new.createdAt))
        }
        for index in consoleSessions.indices where consoleSessions[index].new.id == change.confirms?.session {
            consoleSessions[index].passwordConfirmedAt = change.confirms?.at ?? clock.now
        }
        if let moment = change.forgetsBefore { forget(before: moment) }
    }

    private func forget(before moment: Timestamp) {
        consoleTokens.removeAll { $0.token.expiresAt < moment }
        consoleSessions.removeAll { $0.lastSeenAt < moment }
    }

    private func session(_ stored: StoredConsoleSession) -> ConsoleSession? {
        adminsByID[stored.admin].map { admin in
            ConsoleSession(
                id: stored.new.id, admin: admin, agent: stored.new.agent, startedAt: stored.new.createdAt,
                lastSeenAt: stored.lastSeenAt, passwordConfirmedAt: stored.passwordConfirmedAt)
        }
    }
}
