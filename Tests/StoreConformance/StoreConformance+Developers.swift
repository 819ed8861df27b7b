import Accounts
import Testing

extension StoreConformance {
    static let developers: [ConformanceCase] = [
        ConformanceCase("a list has pages, in the order of the developers' making, and the total of all pages") { bench in
            var ids: [DeveloperID] = []
            for number in 1...7 {
                let developer = try bench.developer("dev\(number)@example.com")
                ids.append(developer.id)
                try await bench.write(developer)
            }
            for (number, expected) in [(1, ids[0..<3]), (2, ids[3..<6]), (3, ids[6..<7]), (4, [])] {
                let page = try await bench.store.developers(
                    in: bench.portal.id, matching: DeveloperFilter(), page: PageRequest(number: number, size: 3))
                #expect(page.elements.map(\.id) == Array(expected) && page.total == 7)
            }
        },
        ConformanceCase("a page far past the end is empty and has the total") { bench in
            try await bench.write(try bench.developer())
            for number in [2, 1_000_000, Int.max] {
                let page = try await bench.store.developers(
                    in: bench.portal.id, matching: DeveloperFilter(), page: PageRequest(number: number, size: 100))
                #expect(page.elements.isEmpty && page.total == 1)
            }
        },
        ConformanceCase("a portal without developers has an empty first page") { bench in
            let page = try await bench.store.developers(in: bench.portal.id, matching: DeveloperFilter(), page: PageRequest())
            #expect(page.elements.isEmpty && page.total == 0)
        },
        ConformanceCase("a list has the portal's own developers only") { bench in
            let other = try await bench.otherPortal()
            try await bench.write(try bench.developer())
            try await bench.write(try bench.developer(at: other))
            let page = try await bench.store.developers(in: other.id, matching: DeveloperFilter(), page: PageRequest())
            #expect(page.elements.map(\.portal) == [other.id] && page.total == 1)
        },
        ConformanceCase("a filter takes the developers of a status; unverified ones are not among the pending") { bench in
            for status in DeveloperStatus.allCases {
                for isVerified in [true, false] {
                    try await bench.write(
                        try bench.developer("\(status)-\(isVerified)@example.com", status: status, isVerified: isVerified))
                }
            }
            let expected: [(DeveloperFilter, Set<String>)] = [
                (DeveloperFilter(statuses: [.pending]), ["pending-true"]),
                (DeveloperFilter(statuses: [.pending], isVerified: true), ["pending-true"]),
                (DeveloperFilter(statuses: [.pending], isVerified: false), []),
                (DeveloperFilter(statuses: [.approved]), ["approved-true", "approved-false"]),
                (DeveloperFilter(statuses: [.rejected], isVerified: false), ["rejected-false"]),
                (DeveloperFilter(statuses: [.revoked], isVerified: true), ["revoked-true"]),
                (DeveloperFilter(isVerified: false), ["pending-false", "approved-false", "rejected-false", "revoked-false"]),
            ]
            for (filter, names) in expected {
                let page = try await bench.store.developers(
                    in: bench.portal.id, matching: filter, page: PageRequest(size: PageRequest.maximumSize))
                #expect(Set(page.elements.map { String($0.email.value.prefix { $0 != "@" }) }) == names)
                #expect(page.total == names.count)
            }
        },
        ConformanceCase("several developers are found at once by their ids, those of the portal who are there") { bench in
            let other = try await bench.otherPortal()
            let (jane, john) = (try bench.developer("jane@example.com"), try bench.developer("john@example.com"))
            let (elsewhere, gone) = (try bench.developer(at: other), try bench.developer("gone@example.com"))
            for developer in [jane, john, elsewhere] { try await bench.write(developer) }
            let asked = Set([jane, john, elsewhere, gone].map(\.id))
            let found = try await bench.store.developers(asked, in: bench.portal.id)
            #expect(found.count == 2 && Set(found.map(\.email.value)) == ["jane@example.com", "john@example.com"])
            #expect(try await bench.store.developers([], in: bench.portal.id).isEmpty)
        },
    ]

    static let deletion: [ConformanceCase] = [
        ConformanceCase("deleting removes the developer, its tokens, its sessions and its waiting mails") { bench in
            let (developer, token, tokens) = (try bench.developer(), bench.token(), bench.tokens())
            let mail = try bench.mail()
            try await bench.write(developer) { change in
                change.issues = [token]
                change.opens = bench.session(tokens)
                change.mails = [mail]
            }
            try await bench.write(developer) { $0.deletes = true }
            let store = try await bench.host.open()
            #expect(try await store.developer(developer.id, in: bench.portal.id) == nil)
            #expect(try await store.developers(in: bench.portal.id, matching: .init(), page: .init()).total == 0)
            let seen = try await store.step(on: .oneTimeToken(token.hash), in: bench.portal.id) { AccountDecision($0) }
            #expect(seen.token == nil && seen.developer == nil)
            #expect(try await store.developer(withAccessToken: tokens.access, in: bench.portal.id, at: bench.now) == nil)
            let outcome = try await store.refresh(
                with: tokens.refresh, in: bench.portal.id, to: bench.tokens(), at: bench.now)
            #expect(outcome == .refused)
            #expect(try await store.dueMails(at: bench.now, limit: 10).isEmpty)
        },
        ConformanceCase("deleting frees the address, and the next owner of it starts anew") { bench in
            let (old, new) = (try bench.developer(), try bench.developer(status: .pending, isVerified: false))
            try await bench.write(old) { $0.statusMailedAt = bench.now }
            try await bench.write(old) { $0.deletes = true }
            try await bench.write(new)
            let seen = try await bench.snapshot(of: .address(old.email))
            #expect(seen.developer == new && seen.statusMailedAt == nil)
        },
        ConformanceCase("deleting one developer leaves the others what they have") { bench in
            let (leaver, stayer) = (try bench.developer(), try bench.developer("stayer@example.com"))
            let (token, tokens, mail) = (bench.token(), bench.tokens(), try bench.mail(to: "stayer@example.com"))
            try await bench.write(leaver)
            try await bench.write(stayer) { change in
                change.issues = [token]
                change.opens = bench.session(tokens)
                change.mails = [mail]
            }
            try await bench.write(leaver) { $0.deletes = true }
            #expect(try await bench.snapshot(of: .oneTimeToken(token.hash)).developer == stayer)
            #expect(try await bench.store.developer(withAccessToken: tokens.access, in: bench.portal.id, at: bench.now) == stayer)
            #expect(try await bench.store.dueMails(at: bench.now, limit: 10) == [mail])
        },
        ConformanceCase("a mail of the step that deletes still goes out") { bench in
            let (developer, farewell) = (try bench.developer(), try bench.mail())
            try await bench.write(developer)
            try await bench.write(developer) { change in
                change.deletes = true
                change.mails = [farewell]
            }
            #expect(try await bench.store.dueMails(at: bench.now, limit: 10) == [farewell])
        },
    ]
}
