import Accounts
import Testing

extension StoreConformance {
    static let signOn: [ConformanceCase] = [
        ConformanceCase("a provider is kept with all that it has, and the portal knows which one is on, also after a new start") {
            bench in
            let provider = bench.provider()
            try await bench.add(provider, on: true)
            let store = try await bench.host.open()
            #expect(try await store.identityProviders(of: bench.portal.id) == [provider])
            #expect(try await store.identityProvider(provider.id, of: bench.portal.id) == provider)
            #expect(try await store.portal(with: bench.portal.slug)?.settings.identityProvider == provider.id)
            #expect(try await store.identityProvider(provider.id, of: bench.mint.id()) == nil)
        },
        ConformanceCase("a step on providers that throws changes nothing") { bench in
            await #expect(throws: Refusal.self) {
                try await bench.store.stepOnIdentityProviders(of: bench.portal.id) { _, _ -> IdentityProviderDecision<Void> in
                    throw Refusal()
                }
            }
            let known = try await bench.store.identityProviders(of: bench.portal.id)
            #expect(known.isEmpty)
            await #expect(throws: AccountError.notFound("portal")) {
                try await bench.store.stepOnIdentityProviders(of: bench.mint.id()) { _, _ -> IdentityProviderDecision<Void> in
                    IdentityProviderDecision(())
                }
            }
        },
        ConformanceCase("of many who take one attempt at once exactly one gets it") { bench in
            let attempt = try await bench.begin()
            let (store, portal, now) = (bench.store, bench.portal.id, bench.now)
            let winners = try await bench.count(of: 32) {
                try await store.takeAttempt(state: attempt.state, browser: attempt.browser, at: portal, now: now) == attempt
            }
            #expect(winners == 1)
        },
        ConformanceCase("an attempt is for its browser, its portal and its time, and who misses it leaves it") { bench in
            let attempt = try await bench.begin()
            let other = try await bench.otherPortal()
            let stranger = TokenHash(of: bench.mint.oneTimeToken())
            let take = { (browser: TokenHash, portal: PortalID, now: Timestamp) in
                try await bench.store.takeAttempt(state: attempt.state, browser: browser, at: portal, now: now)
            }
            #expect(try await take(stranger, bench.portal.id, bench.now) == nil)
            #expect(try await take(attempt.browser, other.id, bench.now) == nil)
            #expect(try await take(attempt.browser, bench.portal.id, attempt.expiresAt) == nil)
            #expect(try await take(attempt.browser, bench.portal.id, bench.now) == attempt)
        },
        ConformanceCase("of too many attempts of a portal the oldest go") { bench in
            let provider = bench.provider()
            try await bench.add(provider, on: true)
            var attempts: [SignOnAttempt] = []
            for second in 1...4 {
                attempts.append(bench.attempt(of: provider, lasting: .seconds(second)))
                try await bench.store.begin(attempts[second - 1], limit: 3)
            }
            var found: [Bool] = []
            for attempt in attempts {
                let taken = try await bench.store.takeAttempt(
                    state: attempt.state, browser: attempt.browser, at: bench.portal.id, now: bench.now)
                found.append(taken != nil)
            }
            #expect(found == [false, true, true, true])
        },
        ConformanceCase("an identity finds its developer before an address does, at its portal only, and goes with the developer")
        { bench in
            let (jane, joe) = (try bench.developer(), try bench.developer("joe@example.com"))
            let link = IdentityLink(identity: bench.identity("jane"), issuer: "https://id.example", groups: ["a", "b"])
            try await bench.write(jane) { $0.links = link }
            try await bench.write(joe)
            let seen = try await bench.snapshot(of: .identity(link.identity, joe.email))
            #expect(seen.developer == jane && seen.isFoundByIdentity && seen.identities == [link])
            let byAddress = try await bench.snapshot(of: .identity(bench.identity("joe"), joe.email))
            #expect(byAddress.developer == joe && !byAddress.isFoundByIdentity && byAddress.identities.isEmpty)
            let taken = try await bench.snapshot(of: .identity(bench.identity("joe"), jane.email))
            #expect(taken.developer == jane && !taken.isFoundByIdentity && taken.identities == [link])
            let other = try await bench.otherPortal()
            #expect(try await bench.snapshot(of: .identity(link.identity, joe.email), at: other).developer == nil)
            try await bench.write(jane) { $0.deletes = true }
            #expect(try await bench.snapshot(of: .identity(link.identity, jane.email)).developer == nil)
        },
        ConformanceCase("a developer who came through a provider is kept as one") { bench in
            let jane = try bench.developer("jane@example.com", origin: .singleSignOn)
            try await bench.write(jane)
            #expect(try await bench.store.developer(jane.id, in: bench.portal.id) == jane)
        },
        ConformanceCase("a session knows through which provider it was opened, by every token that it has") { bench in
            let (jane, tokens, renewed) = (try bench.developer(), bench.tokens(), bench.tokens())
            let origin = bench.origin("jane", session: "one")
            try await bench.write(jane) { $0.opens = bench.session(tokens, origin: origin) }
            #expect(try await bench.store.origin(ofSessionWith: tokens.access, in: bench.portal.id) == origin)
            _ = try await bench.store.refresh(with: tokens.refresh, in: bench.portal.id, to: renewed, at: bench.now)
            for token in [renewed.access, renewed.refresh] {
                #expect(try await bench.store.origin(ofSessionWith: token, in: bench.portal.id) == origin)
            }
            #expect(try await bench.store.origin(ofSessionWith: renewed.access, in: bench.otherPortal().id) == nil)
            let plain = bench.tokens()
            try await bench.write(jane) { $0.opens = bench.session(plain) }
            #expect(try await bench.store.origin(ofSessionWith: plain.access, in: bench.portal.id) == nil)
        },
        ConformanceCase("a provider's notice ends the sessions that it names, and comes once") { bench in
            let (jane, joe) = (try bench.developer(), try bench.developer("joe@example.com"))
            let (one, two, three) = (bench.tokens(), bench.tokens(), bench.tokens())
            try await bench.write(jane) { $0.opens = bench.session(one, origin: bench.origin("jane", session: "one")) }
            try await bench.write(jane) { $0.opens = bench.session(two, origin: bench.origin("jane", session: nil)) }
            try await bench.write(joe) { $0.opens = bench.session(three, origin: bench.origin("joe", session: "three")) }
            let isOpen = { (tokens: SessionTokenHashes) in
                try await bench.store.developer(withAccessToken: tokens.access, in: bench.portal.id, at: bench.now) != nil
            }
            let ending = bench.notice("1", identity: nil, session: "one")
            #expect(try await bench.store.endSessions(toldBy: ending, in: bench.portal.id, at: bench.now))
            #expect(try await [isOpen(one), isOpen(two), isOpen(three)] == [false, true, true])
            let all = bench.notice("2", identity: "jane", session: nil)
            #expect(try await bench.store.endSessions(toldBy: all, in: bench.portal.id, at: bench.now))
            #expect(try await [isOpen(two), isOpen(three)] == [false, true])
            let again = bench.tokens()
            try await bench.write(jane) { $0.opens = bench.session(again, origin: bench.origin("jane", session: nil)) }
            #expect(try await !bench.store.endSessions(toldBy: all, in: bench.portal.id, at: bench.now))
            #expect(try await isOpen(again))
            let nobody = bench.notice("3", identity: nil, session: nil)
            _ = try await bench.store.endSessions(toldBy: nobody, in: bench.portal.id, at: bench.now)
            #expect(try await [isOpen(again), isOpen(three)] == [true, true])
        },
        ConformanceCase("attempts and notices past their time are purged") { bench in
            let attempt = try await bench.begin()
            let notice = bench.notice("1", identity: "jane", session: nil)
            _ = try await bench.store.endSessions(toldBy: notice, in: bench.portal.id, at: bench.now)
            #expect(try await bench.store.purge(before: bench.cutoffs(0), limit: 100).signOns == 0)
            let later = try await bench.store.purge(before: bench.cutoffs(601), limit: 100)
            #expect(later.signOns == 2)
            #expect(
                try await bench.store.takeAttempt(
                    state: attempt.state, browser: attempt.browser, at: bench.portal.id, now: bench.now) == nil)
        },
    ]
}

extension StoreBench {
    fileprivate func provider() -> IdentityProvider {
        IdentityProvider(
            id: mint.id(), portal: portal.id, issuer: "https://id.example", clientID: "portal", secret: SealedText([1, 2, 3]),
            authentication: .post, scopes: ["openid", "mail"], claims: ClaimMappings(name: "n", email: "e", groups: "g"),
            linksVerifiedAddresses: true, createdAt: now, updatedAt: now)
    }

    fileprivate func add(_ provider: IdentityProvider, on isOn: Bool) async throws {
        try await store.stepOnIdentityProviders(of: portal.id) { portal, _ in
            var decision = IdentityProviderDecision(())
            decision.saves = [provider]
            var changed = portal
            changed.settings.identityProvider = isOn ? provider.id : nil
            decision.portal = changed
            return decision
        }
    }

    fileprivate func attempt(of provider: IdentityProvider, lasting duration: Duration = .seconds(600)) -> SignOnAttempt {
        SignOnAttempt(
            state: TokenHash(of: mint.oneTimeToken()), browser: TokenHash(of: mint.oneTimeToken()), portal: portal.id,
            provider: provider.id, sealed: SealedText([4, 5, 6]), expiresAt: now.adding(duration))
    }

    fileprivate func begin() async throws -> SignOnAttempt {
        let provider = provider()
        try await add(provider, on: true)
        let attempt = attempt(of: provider)
        try await store.begin(attempt, limit: 10)
        return attempt
    }

    fileprivate func identity(_ subject: String) -> TokenHash {
        SignOnIdentity(issuer: "https://id.example", subject: subject).hash
    }

    fileprivate func origin(_ subject: String, session: String?) -> SessionOrigin {
        SessionOrigin(
            provider: mint.id(), identity: identity(subject), providerSession: session.map(identity),
            idToken: SealedText([7, 8, 9]))
    }

    fileprivate func notice(_ id: String, identity subject: String?, session: String?) -> LogOutNotice {
        LogOutNotice(
            id: identity(id), identity: subject.map(identity), providerSession: session.map(identity),
            expiresAt: now.adding(.seconds(600)))
    }
}
