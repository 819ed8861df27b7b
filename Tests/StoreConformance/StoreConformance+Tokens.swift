import Accounts
import Testing

extension StoreConformance {
    static let tokens: [ConformanceCase] = [
        ConformanceCase("of many uses of one token at once exactly one finds it unused") { bench in
            let (developer, token) = (try bench.developer(), bench.token(.setPassword))
            try await bench.write(developer) { $0.issues = [token] }
            let winners = try await bench.count(of: 64) {
                try await bench.store.step(on: .oneTimeToken(token.hash), in: bench.portal.id) { account in
                    guard account.token?.state == .unused else { return AccountDecision(false) }
                    var change = AccountChange(developer: account.developer)
                    change.spends = [.setPassword]
                    return AccountDecision(true, change)
                }
            }
            #expect(winners == 1)
        },
        ConformanceCase("a spent token stays known and spent, also after the store was opened again") { bench in
            let (developer, token) = (try bench.developer(), bench.token())
            try await bench.write(developer) { $0.issues = [token] }
            try await bench.write(developer) { $0.spends = [.verifyEmail] }
            #expect(try await bench.snapshot(of: .oneTimeToken(token.hash)).token?.state == .spent)
            let store = try await bench.host.open()
            let seen = try await store.step(on: .oneTimeToken(token.hash), in: bench.portal.id) { AccountDecision($0) }
            #expect(seen.token?.state == .spent && seen.developer == developer)
        },
        ConformanceCase("spending spends every unused token of those purposes, and no other") { bench in
            let developer = try bench.developer()
            let (first, second, other) = (bench.token(.verifyEmail), bench.token(.verifyEmail), bench.token(.setPassword))
            let neighbour = try bench.developer("neighbour@example.com")
            let neighbours = bench.token(.verifyEmail)
            try await bench.write(developer) { $0.issues = [first, second, other] }
            try await bench.write(neighbour) { $0.issues = [neighbours] }
            try await bench.write(developer) { $0.spends = [.verifyEmail] }
            var states: [OneTimeToken.State?] = []
            for token in [first, second, other, neighbours] {
                states.append(try await bench.snapshot(of: .oneTimeToken(token.hash)).token?.state)
            }
            #expect(states == [.spent, .spent, .unused, .unused])
        },
        ConformanceCase("a token that is issued where others are spent is unused") { bench in
            let (developer, old, new) = (try bench.developer(), bench.token(), bench.token())
            try await bench.write(developer) { $0.issues = [old] }
            try await bench.write(developer) { change in
                change.spends = [.verifyEmail]
                change.issues = [new]
            }
            #expect(try await bench.snapshot(of: .oneTimeToken(old.hash)).token?.state == .spent)
            #expect(try await bench.snapshot(of: .oneTimeToken(new.hash)).token == new)
        },
        ConformanceCase("a token past its time is still known, with its time") { bench in
            let developer = try bench.developer()
            let old = OneTimeToken(
                hash: bench.token().hash, purpose: .setPassword, expiresAt: Timestamp(milliseconds: bench.now.milliseconds - 1))
            try await bench.write(developer) { $0.issues = [old] }
            #expect(try await bench.snapshot(of: .oneTimeToken(old.hash)).token == old)
        },
        ConformanceCase("the token is in the snapshot only where it was the key") { bench in
            let (developer, token) = (try bench.developer(), bench.token())
            try await bench.write(developer) { $0.issues = [token] }
            #expect(try await bench.snapshot(of: .developer(developer.id)).token == nil)
            #expect(try await bench.snapshot(of: .address(developer.email)).token == nil)
        },
    ]
}
