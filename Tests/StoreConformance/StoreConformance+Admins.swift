import Accounts
import Testing

extension StoreConformance {
    static let admins: [ConformanceCase] = [
        ConformanceCase("a token of a new admin makes the admin, who is found by it") { bench in
            let (admin, token) = (try bench.admin("admin@example.com"), bench.adminToken())
            #expect(try await bench.store.addToken(token, of: admin) == admin)
            let store = try await bench.host.open()
            #expect(try await store.admin(withToken: token.hash)?.admin == admin)
        },
        ConformanceCase("an admin's second token leaves the admin as it is, however the address is typed") { bench in
            let (first, second) = (try bench.admin("admin@bücher.example"), try bench.admin("ADMIN@xn--bcher-kva.example"))
            let (old, new) = (bench.adminToken(), bench.adminToken())
            _ = try await bench.store.addToken(old, of: first)
            #expect(try await bench.store.addToken(new, of: second).id == first.id)
            #expect(try await bench.store.admin(withToken: old.hash)?.admin.id == first.id)
            #expect(try await bench.store.admin(withToken: new.hash)?.admin.id == first.id)
        },
        ConformanceCase("a token that nobody has is nobody's") { bench in
            _ = try await bench.store.addToken(bench.adminToken(), of: bench.admin("admin@example.com"))
            #expect(try await bench.store.admin(withToken: bench.adminToken().hash) == nil)
        },
        ConformanceCase("of many first tokens of one address at once all are one admin's") { bench in
            let tokens = (0..<16).map { _ in bench.adminToken() }
            let admins = try await withThrowingTaskGroup(of: AdminID.self) { group in
                for token in tokens {
                    group.addTask { try await bench.store.addToken(token, of: bench.admin("admin@example.com")).id }
                }
                return try await group.reduce(into: Set<AdminID>()) { $0.insert($1) }
            }
            #expect(admins.count == 1)
            for token in tokens { #expect(try await bench.store.admin(withToken: token.hash)?.admin.id == admins.first) }
        },
        ConformanceCase("a step by a token sees the address of each admin once, and no other step does") { bench in
            for address in ["b@example.com", "a@example.com", "A@example.com"] {
                _ = try await bench.store.addToken(bench.adminToken(), of: bench.admin(address))
            }
            let (developer, token) = (try bench.developer(), bench.token())
            try await bench.write(developer) { $0.issues = [token] }
            let seen = try await bench.snapshot(of: .oneTimeToken(token.hash)).adminAddresses
            #expect(try await bench.snapshot(of: .developer(developer.id)).adminAddresses.isEmpty)
            #expect(Set(seen) == Set([try EmailAddress("a@example.com"), try EmailAddress("b@example.com")]) && seen.count == 2)
        },
    ]
}

extension StoreBench {
    fileprivate func admin(_ address: String) throws -> Admin {
        Admin(id: mint.id(), email: try EmailAddress(address), createdAt: now)
    }

    fileprivate func adminToken() -> AdminToken {
        AdminToken(id: mint.id(), hash: TokenHash(of: mint.credential(.admin)), name: "laptop", createdAt: now)
    }
}
