import Accounts
import Testing

extension StoreConformance {
    static let sessions: [ConformanceCase] = [
        ConformanceCase("an access token opens until the moment at which it ends") { bench in
            let (developer, tokens) = try await bench.loggedIn()
            for (moment, expected) in [(bench.now, developer), (tokens.accessExpiresAt.adding(.milliseconds(-1)), developer)] {
                let found = try await bench.store.developer(withAccessToken: tokens.access, in: bench.portal.id, at: moment)
                #expect(found == expected)
            }
            for moment in [tokens.accessExpiresAt, tokens.accessExpiresAt.adding(.milliseconds(1))] {
                let found = try await bench.store.developer(withAccessToken: tokens.access, in: bench.portal.id, at: moment)
                #expect(found == nil)
            }
        },
        ConformanceCase("an access token opens nothing at another portal, and no refresh token opens anything") { bench in
            let (_, tokens) = try await bench.loggedIn()
            let other = try await bench.otherPortal()
            #expect(try await bench.store.developer(withAccessToken: tokens.access, in: other.id, at: bench.now) == nil)
            for unknown in [tokens.refresh, bench.tokens().access] {
                let found = try await bench.store.developer(withAccessToken: unknown, in: bench.portal.id, at: bench.now)
                #expect(found == nil)
            }
        },
        ConformanceCase("an access token opens nothing while its developer may not log in") { bench in
            let (developer, tokens) = try await bench.loggedIn()
            try await bench.write(bench.copy(of: developer, status: .revoked))
            #expect(try await bench.store.developer(withAccessToken: tokens.access, in: bench.portal.id, at: bench.now) == nil)
            #expect(try await bench.refresh(tokens) == .refused)
        },
        ConformanceCase("refreshing ends the old tokens and begins the new ones") { bench in
            let (developer, old) = try await bench.loggedIn()
            let new = bench.tokens()
            #expect(try await bench.refresh(old, to: new) == .renewed)
            #expect(try await bench.store.developer(withAccessToken: old.access, in: bench.portal.id, at: bench.now) == nil)
            #expect(try await bench.store.developer(withAccessToken: new.access, in: bench.portal.id, at: bench.now) == developer)
            #expect(try await bench.refresh(new) == .renewed)
        },
        ConformanceCase("a refresh token that was used before ends its session, and no other") { bench in
            let (developer, old) = try await bench.loggedIn()
            let (new, elsewhere) = (bench.tokens(), bench.tokens())
            try await bench.write(developer) { $0.opens = bench.session(elsewhere) }
            #expect(try await bench.refresh(old, to: new) == .renewed)
            #expect(try await bench.refresh(old) == .reused)
            #expect(try await bench.store.developer(withAccessToken: new.access, in: bench.portal.id, at: bench.now) == nil)
            #expect(try await bench.refresh(new) == .refused)
            #expect(try await bench.refresh(old) == .refused)
            #expect(
                try await bench.store.developer(withAccessToken: elsewhere.access, in: bench.portal.id, at: bench.now)
                    == developer)
        },
        ConformanceCase("a reused refresh token ends its session after the store was opened again, and any number of turns later")
        {
            bench in
            let (_, first) = try await bench.loggedIn()
            var newest = first
            for _ in 0..<3 {
                let next = bench.tokens()
                #expect(try await bench.refresh(newest, to: next) == .renewed)
                newest = next
            }
            let store = try await bench.host.open()
            let outcome = try await store.refresh(
                with: first.refresh, in: bench.portal.id, to: bench.tokens(), at: bench.now)
            #expect(outcome == .reused)
            #expect(try await store.developer(withAccessToken: newest.access, in: bench.portal.id, at: bench.now) == nil)
        },
        ConformanceCase("of many uses of one refresh token at once exactly one renews") { bench in
            let (_, tokens) = try await bench.loggedIn()
            let renewed = try await bench.count(of: 32) { try await bench.refresh(tokens) == .renewed }
            #expect(renewed == 1)
        },
        ConformanceCase("a refresh token works until the moment at which it ends") { bench in
            let (_, tokens) = try await bench.loggedIn()
            #expect(try await bench.refresh(tokens, at: tokens.refreshExpiresAt) == .refused)
            #expect(try await bench.refresh(tokens, at: tokens.refreshExpiresAt.adding(.milliseconds(-1))) == .renewed)
        },
        ConformanceCase("an unknown token, an access token and a token of another portal refresh nothing") { bench in
            let (developer, tokens) = try await bench.loggedIn()
            let other = try await bench.otherPortal()
            for (hash, portal) in [
                (bench.tokens().refresh, bench.portal), (tokens.access, bench.portal), (tokens.refresh, other),
            ] {
                let outcome = try await bench.store.refresh(with: hash, in: portal.id, to: bench.tokens(), at: bench.now)
                #expect(outcome == .refused)
            }
            let found = try await bench.store.developer(withAccessToken: tokens.access, in: bench.portal.id, at: bench.now)
            #expect(found == developer)
        },
        ConformanceCase("ending by an access or a refresh token ends every session of its developer, and of nobody else") {
            bench in
            for byAccess in [true, false] {
                let (developer, here) = try await bench.loggedIn("jane-\(byAccess)@example.com")
                let (_, neighbour) = try await bench.loggedIn("neighbour-\(byAccess)@example.com")
                let elsewhere = bench.tokens()
                try await bench.write(developer) { $0.opens = bench.session(elsewhere) }
                try await bench.store.endSessions(ofHolder: byAccess ? here.access : here.refresh, in: bench.portal.id)
                for ended in [here, elsewhere] {
                    let found = try await bench.store.developer(
                        withAccessToken: ended.access, in: bench.portal.id, at: bench.now)
                    #expect(found == nil)
                    #expect(try await bench.refresh(ended) == .refused)
                }
                #expect(try await bench.refresh(neighbour) == .renewed)
            }
        },
        ConformanceCase("ending by an unknown token, or at another portal, ends nothing") { bench in
            let (_, tokens) = try await bench.loggedIn()
            try await bench.store.endSessions(ofHolder: bench.tokens().access, in: bench.portal.id)
            try await bench.store.endSessions(ofHolder: tokens.access, in: bench.otherPortal().id)
            #expect(try await bench.refresh(tokens) == .renewed)
        },
        ConformanceCase("a step that ends sessions and opens one leaves the one that it opens") { bench in
            let (developer, old) = try await bench.loggedIn()
            let new = bench.tokens()
            try await bench.write(developer) { change in
                change.ends = .all
                change.opens = bench.session(new)
            }
            #expect(try await bench.store.developer(withAccessToken: old.access, in: bench.portal.id, at: bench.now) == nil)
            #expect(try await bench.store.developer(withAccessToken: new.access, in: bench.portal.id, at: bench.now) == developer)
        },
        ConformanceCase("a list of sessions has those that are open, newest first, with what their browsers call themselves") {
            bench in
            let developer = try bench.developer()
            let (first, second) = (bench.tokens(), bench.tokens())
            let old = NewSession(id: bench.mint.id(), tokens: first, agent: "Firefox", createdAt: bench.now)
            let new = NewSession(id: bench.mint.id(), tokens: second, createdAt: bench.now.adding(.seconds(1)))
            try await bench.write(developer) { $0.opens = old }
            try await bench.write(developer) { $0.opens = new }
            let later = bench.now.adding(.seconds(30))
            let renewed = SessionTokenHashes(
                access: bench.tokens().access, refresh: bench.tokens().refresh, accessExpiresAt: later.adding(.seconds(60)),
                refreshExpiresAt: later.adding(.seconds(3600)))
            #expect(try await bench.store.refresh(with: first.refresh, in: bench.portal.id, to: renewed, at: later) == .renewed)
            let sessions = try await bench.store.sessions(of: developer.id, in: bench.portal.id, at: bench.now)
            #expect(sessions.map(\.id) == [new.id, old.id])
            #expect(
                sessions.last
                    == SessionSummary(
                        id: old.id, agent: "Firefox", createdAt: bench.now, renewedAt: later,
                        expiresAt: later.adding(.seconds(3600))))
            let other = try await bench.otherPortal()
            #expect(try await bench.store.sessions(of: developer.id, in: other.id, at: bench.now).isEmpty)
            #expect(
                try await bench.store.sessions(of: developer.id, in: bench.portal.id, at: bench.now.adding(.seconds(3600)))
                    .map(\.id) == [old.id])
        },
        ConformanceCase("a step ends one session, or all but one") { bench in
            let developer = try bench.developer()
            let sessions = (0..<3).map { _ in bench.session(bench.tokens()) }
            for session in sessions { try await bench.write(developer) { $0.opens = session } }
            try await bench.write(developer) { $0.ends = .one(sessions[0].id) }
            #expect(
                Set(try await bench.store.sessions(of: developer.id, in: bench.portal.id, at: bench.now).map(\.id))
                    == [sessions[1].id, sessions[2].id])
            try await bench.write(developer) { $0.ends = .allBut(sessions[2].id) }
            #expect(
                try await bench.store.sessions(of: developer.id, in: bench.portal.id, at: bench.now).map(\.id)
                    == [sessions[2].id])
        },
        ConformanceCase("a reused refresh token is in the audit log, with its session") { bench in
            let developer = try bench.developer()
            let session = bench.session(bench.tokens())
            try await bench.write(developer) { $0.opens = session }
            for _ in 0..<2 {
                _ = try await bench.store.refresh(
                    with: session.tokens.refresh, in: bench.portal.id, to: bench.tokens(), at: bench.now)
            }
            var filter = AuditFilter()
            filter.action = .refreshTokenReused
            let found = try await bench.store.auditEntries(matching: filter, after: 0, limit: 10).map(\.event)
            #expect(
                found == [AuditEvent(.refreshTokenReused, by: .anonymous, on: developer, subject: session.id.description)])
        },
        ConformanceCase("a session that is too old is not renewed, and one of just that age is") { bench in
            let tokens = bench.tokens()
            try await bench.write(try bench.developer()) { $0.opens = bench.session(tokens) }
            let tooOld = try await bench.store.refresh(
                with: tokens.refresh, in: bench.portal.id, to: bench.tokens(), openedSince: bench.now.adding(.milliseconds(1)),
                at: bench.now)
            #expect(tooOld == .refused)
            let justRight = try await bench.store.refresh(
                with: tokens.refresh, in: bench.portal.id, to: bench.tokens(), openedSince: bench.now, at: bench.now)
            #expect(justRight == .renewed)
        },
    ]
}

extension StoreBench {
    fileprivate func loggedIn(_ address: String = "jane@example.com") async throws -> (Developer, SessionTokenHashes) {
        let (developer, tokens) = (try developer(address), tokens())
        try await write(developer) { $0.opens = session(tokens) }
        return (developer, tokens)
    }

    fileprivate func refresh(
        _ tokens: SessionTokenHashes, to new: SessionTokenHashes? = nil, at moment: Timestamp = StoreBench.now
    ) async throws -> RefreshOutcome {
        try await store.refresh(with: tokens.refresh, in: portal.id, to: new ?? self.tokens(), at: moment)
    }

    fileprivate func copy(of developer: Developer, status: DeveloperStatus) -> Developer {
        Developer(
            id: developer.id, portal: developer.portal, email: developer.email, fullName: developer.fullName, status: status,
            verifiedAt: developer.verifiedAt, passwordHash: developer.passwordHash, createdAt: developer.createdAt,
            updatedAt: developer.updatedAt)
    }
}
