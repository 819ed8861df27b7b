import Accounts
import Testing

extension StoreConformance {
    static let steps: [ConformanceCase] = [
        ConformanceCase("a step on a key that nobody has sees the portal and nobody") { bench in
            let keys: [AccountKey] = [
                .address(try EmailAddress("nobody@example.com")), .developer(bench.mint.id()),
                .oneTimeToken(bench.token().hash),
            ]
            for key in keys {
                let seen = try await bench.snapshot(of: key)
                #expect(seen.portal == bench.portal)
                #expect(seen.developer == nil && seen.token == nil && seen.statusMailedAt == nil && seen.adminAddresses.isEmpty)
            }
        },
        ConformanceCase("a step at a portal that is not there is refused") { bench in
            let absent = try StoreBench.portal("absent", id: bench.mint.id())
            await #expect(throws: AccountError.notFound("portal")) {
                try await bench.snapshot(of: .developer(bench.mint.id()), at: absent)
            }
        },
        ConformanceCase("a developer comes back with every field as it was written") { bench in
            let developer = try bench.developer(
                "Jane.Doe+1@Bücher.example", name: "Jané 山田", isVerified: false, language: .japanese)
            try await bench.write(developer)
            for found in [
                try await bench.store.developer(developer.id, in: bench.portal.id),
                try await bench.store.developer(with: developer.email, in: bench.portal.id),
                try await bench.snapshot(of: .developer(developer.id)).developer,
            ] {
                #expect(found == developer)
                #expect(found?.email.value == "Jane.Doe+1@Bücher.example")
            }
        },
        ConformanceCase("what a step changes of a developer replaces what was there") { bench in
            var developer = try bench.developer(isVerified: false)
            try await bench.write(developer)
            developer.verifiedAt = bench.now
            developer.passwordHash = nil
            developer.language = .german
            developer.fullName = try FullName("Jane Roe")
            developer.updatedAt = bench.now.adding(.seconds(1))
            try await bench.write(developer)
            #expect(try await bench.store.developer(developer.id, in: bench.portal.id) == developer)
        },
        ConformanceCase("the longest names and addresses, in the widest characters, come back whole") { bench in
            let name = String(repeating: "𠮷", count: FullName.maximumLength)
            let domain = [60, 60, 60].map { String(repeating: "d", count: $0) }.joined(separator: ".") + ".com"
            let address = String(repeating: "l", count: EmailAddress.maximumLength - 1 - domain.count) + "@" + domain
            let developer = try bench.developer(address, name: name)
            try await bench.write(developer) { $0.mails = [try? bench.mail(to: address)].compactMap(\.self) }
            let found = try #require(try await bench.store.developer(with: developer.email, in: bench.portal.id))
            #expect(found.fullName.value == name && found.email.value == address)
            #expect(try await bench.store.dueMails(at: bench.now, limit: 1).first?.recipient.value == address)
        },
        ConformanceCase("everything that a decision holds is written together") { bench in
            let (developer, token, tokens) = (try bench.developer(), bench.token(), bench.tokens())
            let mail = try bench.mail()
            try await bench.write(developer) { change in
                change.issues = [token]
                change.opens = bench.session(tokens)
                change.statusMailedAt = bench.now
                change.mails = [mail]
            }
            let seen = try await bench.snapshot(of: .oneTimeToken(token.hash))
            #expect(seen.developer == developer && seen.token == token && seen.statusMailedAt == bench.now)
            #expect(
                try await bench.store.developer(withAccessToken: tokens.access, in: bench.portal.id, at: bench.now) == developer)
            #expect(try await bench.store.dueMails(at: bench.now, limit: 10) == [mail])
        },
        ConformanceCase("a decision that throws changes nothing, and its error comes through") { bench in
            let developer = try bench.developer()
            try await bench.write(developer)
            await #expect(throws: Refusal()) {
                try await bench.store.step(on: .developer(developer.id), in: bench.portal.id) {
                    (_: AccountSnapshot) throws -> AccountDecision<Void> in throw Refusal()
                }
            }
            #expect(try await bench.snapshot(of: .developer(developer.id)).developer == developer)
        },
        ConformanceCase("a decision that the store refuses leaves nothing of itself") { bench in
            let (first, second) = (try bench.developer(), try bench.developer("JANE@example.com"))
            try await bench.write(first)
            let (token, mail) = (bench.token(), try bench.mail())
            await #expect(throws: AccountError.self) {
                try await bench.write(second) { change in
                    change.issues = [token]
                    change.mails = [mail]
                }
            }
            #expect(try await bench.store.developer(second.id, in: bench.portal.id) == nil)
            #expect(try await bench.snapshot(of: .oneTimeToken(token.hash)).token == nil)
            #expect(try await bench.store.nextMailDue() == nil)
        },
        ConformanceCase("an empty decision answers and changes nothing") { bench in
            let developer = try bench.developer()
            try await bench.write(developer)
            let answer = try await bench.store.step(on: .developer(developer.id), in: bench.portal.id) { _ in
                AccountDecision("answer")
            }
            #expect(answer == "answer")
            #expect(try await bench.store.developer(developer.id, in: bench.portal.id) == developer)
        },
        ConformanceCase("of many newcomers with one address at once exactly one is made") { bench in
            let address = try EmailAddress("jane@example.com")
            let made = try await bench.count(of: 32) {
                let (developer, mail) = (try bench.developer(), try bench.mail())
                return try await bench.store.step(on: .address(address), in: bench.portal.id) { account in
                    guard account.developer == nil else { return AccountDecision(false) }
                    var change = AccountChange(developer: developer)
                    change.mails = [mail]
                    return AccountDecision(true, change)
                }
            }
            #expect(made == 1)
            #expect(try await bench.store.developers(in: bench.portal.id, matching: .init(), page: .init()).total == 1)
            #expect(try await bench.store.dueMails(at: bench.now, limit: 100).count == 1)
        },
        ConformanceCase("steps on one account run one after the other") { bench in
            let developer = try bench.developer(name: "0")
            try await bench.write(developer)
            _ = try await bench.count(of: 32) {
                try await bench.store.step(on: .developer(developer.id), in: bench.portal.id) { account in
                    guard var developer = account.developer else { throw Refusal() }
                    developer.fullName = try FullName(String((Int(developer.fullName.value) ?? 0) + 1))
                    return AccountDecision(true, AccountChange(developer: developer))
                }
            }
            #expect(try await bench.store.developer(developer.id, in: bench.portal.id)?.fullName.value == "32")
        },
        ConformanceCase("what a step acknowledged is there after the store was opened again") { bench in
            let (developer, token, tokens, mail) = (try bench.developer(), bench.token(), bench.tokens(), try bench.mail())
            try await bench.write(developer) { change in
                change.issues = [token]
                change.opens = bench.session(tokens)
                change.statusMailedAt = bench.now
                change.mails = [mail]
            }
            let store = try await bench.host.open()
            let seen = try await store.step(on: .oneTimeToken(token.hash), in: bench.portal.id) { AccountDecision($0) }
            #expect(seen.developer == developer && seen.token == token && seen.statusMailedAt == bench.now)
            #expect(try await store.developer(withAccessToken: tokens.access, in: bench.portal.id, at: bench.now) == developer)
            #expect(try await store.dueMails(at: bench.now, limit: 10) == [mail])
        },
        ConformanceCase("a key of another portal's account finds nothing, and changes nothing there") { bench in
            let (developer, token, other) = (try bench.developer(), bench.token(), try await bench.otherPortal())
            try await bench.write(developer) { $0.issues = [token] }
            for key in [
                AccountKey.address(developer.email), .developer(developer.id), .oneTimeToken(token.hash),
            ] {
                let seen = try await bench.snapshot(of: key, at: other)
                #expect(seen.developer == nil && seen.token == nil)
            }
            #expect(try await bench.store.developer(developer.id, in: other.id) == nil)
            #expect(try await bench.store.developer(with: developer.email, in: other.id) == nil)
        },
        ConformanceCase("one address may have an account at each portal") { bench in
            let other = try await bench.otherPortal()
            let (here, there) = (try bench.developer(), try bench.developer(at: other))
            try await bench.write(here)
            try await bench.write(there)
            #expect(try await bench.store.developer(with: here.email, in: bench.portal.id)?.id == here.id)
            #expect(try await bench.store.developer(with: here.email, in: other.id)?.id == there.id)
        },
        ConformanceCase("an address finds its account however it is typed") { bench in
            let developer = try bench.developer("José@Bücher.example")
            try await bench.write(developer)
            for typed in [
                "José@bücher.EXAMPLE", "JOSE\u{301}@bu\u{308}cher.example", "josé@xn--bcher-kva.example",
                " josé@XN--BCHER-KVA.example ",
            ] {
                let address = try EmailAddress(typed)
                #expect(try await bench.store.developer(with: address, in: bench.portal.id)?.id == developer.id)
            }
            let other = try EmailAddress("jose@bücher.example")
            #expect(try await bench.store.developer(with: other, in: bench.portal.id) == nil)
        },
    ]
}
