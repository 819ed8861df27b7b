import Accounts
import Foundation
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
        ConformanceCase("of many who spend one attempt at once exactly one does, and it stays spent after a new start") { bench in
            let state = TokenHash(of: bench.mint.oneTimeToken())
            let (store, portal, end) = (bench.store, bench.portal.id, bench.now.adding(.seconds(600)))
            let winners = try await bench.count(of: 32) { try await store.spendAttempt(state, at: portal, until: end) }
            #expect(winners == 1)
            let reopened = try await bench.host.open()
            #expect(try await !reopened.spendAttempt(state, at: portal, until: end))
            #expect(try await reopened.spendAttempt(TokenHash(of: bench.mint.oneTimeToken()), at: portal, until: end))
        },
        ConformanceCase("an identity finds its developer before an address does, at its portal only, and goes with the developer")
        { bench in
            let (jane, joe) = (try bench.developer(), try bench.developer("joe@example.com"))
            let link = bench.link("jane")
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
        ConformanceCase("an identity that is used again keeps its first use and its groups, and is nobody else's") { bench in
            let (jane, joe) = (try bench.developer(), try bench.developer("joe@example.com"))
            let first = bench.link("jane")
            try await bench.write(jane) { $0.links = first }
            let again = IdentityLink(
                identity: first.identity, issuer: first.issuer, groups: ["c"], subject: SealedText([8]),
                firstUsedAt: bench.now.adding(.seconds(60)), lastUsedAt: bench.now.adding(.seconds(60)))
            try await bench.write(jane) { $0.links = again }
            let known = try await bench.store.identities(of: jane.id, in: bench.portal.id)
            #expect(
                known == [
                    IdentityLink(
                        identity: first.identity, issuer: first.issuer, groups: first.groups, subject: again.subject,
                        firstUsedAt: first.firstUsedAt, lastUsedAt: again.lastUsedAt)
                ])
            #expect(try await bench.store.identities(of: jane.id, in: bench.otherPortal().id).isEmpty)
            await #expect(throws: AccountError.self) { try await bench.write(joe) { $0.links = again } }
        },
        ConformanceCase("team mappings are a provider's, change in one step, and go with it") { bench in
            let provider = bench.provider()
            try await bench.add(provider, on: true)
            let (one, two) = (bench.mapping("a", of: provider), bench.mapping("b", of: provider))
            let (store, portal) = (bench.store, bench.portal.id)
            let change = { (adds: [TeamMapping], deletes: Set<TeamMappingID>) in
                try await store.stepOnTeamMappings(of: provider.id, in: portal) { _ in
                    var decision = TeamMappingDecision(())
                    (decision.adds, decision.deletes) = (adds, deletes)
                    return decision
                }
            }
            try await change([one, two], [])
            let both = try await store.teamMappings(of: provider.id, in: portal)
            #expect(both == [one, two].sorted { $0.id < $1.id })
            try await change([], [one.id])
            #expect(try await store.teamMappings(of: provider.id, in: portal) == [two])
            let other = try await bench.otherPortal()
            #expect(try await store.teamMappings(of: provider.id, in: other.id).isEmpty)
            await #expect(throws: AccountError.notFound("identity provider")) {
                try await store.stepOnTeamMappings(of: provider.id, in: other.id) { _ in TeamMappingDecision(()) }
            }
            try await store.stepOnIdentityProviders(of: portal) { _, _ in
                var decision = IdentityProviderDecision(())
                decision.deletes = [provider.id]
                return decision
            }
            #expect(try await store.teamMappings(of: provider.id, in: portal).isEmpty)
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
            let state = TokenHash(of: bench.mint.oneTimeToken())
            let end = bench.now.adding(.seconds(600))
            _ = try await bench.store.spendAttempt(state, at: bench.portal.id, until: end)
            let notice = bench.notice("1", identity: "jane", session: nil)
            _ = try await bench.store.endSessions(toldBy: notice, in: bench.portal.id, at: bench.now)
            #expect(try await bench.store.purge(before: bench.cutoffs(0), limit: 100).signOns == 0)
            let later = try await bench.store.purge(before: bench.cutoffs(601), limit: 100)
            #expect(later.signOns == 2)
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

    fileprivate func link(_ subject: String) -> IdentityLink {
        IdentityLink(
            identity: identity(subject), issuer: "https://id.example", groups: ["a", "b"], subject: SealedText([7]),
            firstUsedAt: now, lastUsedAt: now)
    }

    fileprivate func mapping(_ group: String, of provider: IdentityProvider) -> TeamMapping {
        TeamMapping(id: mint.id(), provider: provider.id, team: UUID(), group: group, createdAt: now)
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
