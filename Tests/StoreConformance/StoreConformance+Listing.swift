import Accounts
import Testing

extension StoreConformance {
    static let listing: [ConformanceCase] = [
        ConformanceCase("every filter and order shows what the filter takes, in that order") { bench in
            let everybody = try await bench.crowd()
            for filter in try Self.filters {
                for key in DeveloperOrder.Key.allCases {
                    for isDescending in [false, true] {
                        let order = DeveloperOrder(by: key, isDescending: isDescending)
                        try await bench.expectListing(of: everybody, filter, order)
                    }
                }
            }
        },
        ConformanceCase("a search follows a new name, a new status and a deletion") { bench in
            var developer = try bench.developer("jane@example.com", name: "Jane Doe", status: .pending)
            try await bench.write(developer)
            developer.fullName = try FullName("Joan Roe")
            try await bench.write(developer)
            #expect(try await bench.total(DeveloperFilter(name: .contains(["jane"]))) == 0)
            #expect(try await bench.total(DeveloperFilter(name: .contains(["joan"]))) == 1)
            try await bench.write(developer) { $0.deletes = true }
            #expect(try await bench.total(DeveloperFilter(name: .contains(["joan"]))) == 0)
            #expect(try await bench.total(DeveloperFilter()) == 0)
        },
        ConformanceCase("a search finds nobody of another portal") { bench in
            let other = try await bench.otherPortal()
            try await bench.write(try bench.developer("jane@example.com", at: other))
            for filter in [
                DeveloperFilter(email: .contains(["jane"])), DeveloperFilter(email: .equals(["jane@example.com"])),
                DeveloperFilter(name: .differs("nobody")), DeveloperFilter(),
            ] {
                let total = try await bench.total(filter)
                #expect(total == 0)
            }
        },
        ConformanceCase("what a search is for may hold any character") { bench in
            let names = ["O\"Neil", "100%", "under_score", "back\\slash", "Ünï ÇØDÉ", "日本語の名前", "a'b", "(x OR y)", "*star*"]
            for (number, name) in names.enumerated() {
                try await bench.write(try bench.developer("dev\(number)@example.com", name: name))
            }
            for name in names {
                let total = try await bench.total(DeveloperFilter(name: .contains([FullName.key(of: name)])))
                #expect(total == 1, "searching \(name)")
            }
        },
    ]

    private static var filters: [DeveloperFilter] {
        get throws {
            let address = try EmailAddress("DEV3@Example.com").key
            let texts: [TextMatch?] = [
                nil, .equals([address]), .equals([address, "dev5@example.org", "nobody@example.org"]), .differs(address),
                .contains(["example.org"]), .contains(["dev1", "v7@"]), .contains(["v"]), .contains(["no such text"]),
            ]
            let names: [TextMatch?] = [
                nil, .equals(["jane doe"]), .differs("jane doe"), .contains(["doe"]), .contains(["ürg", "ann"]), .contains(["ü"]),
            ]
            let statuses: [Set<DeveloperStatus>?] = [nil, [.pending], [.approved], [.pending, .revoked], []]
            return texts.flatMap { text in
                names.flatMap { name in
                    statuses.map { DeveloperFilter(statuses: $0, email: text, name: name) }
                }
            } + [DeveloperFilter(isVerified: false), DeveloperFilter(statuses: [.pending, .approved], isVerified: true)]
        }
    }
}

extension StoreBench {
    /// Developers of every status and of several names and domains.
    fileprivate func crowd() async throws -> [Developer] {
        let names = ["Jane Doe", "JANE DOE", "Jürgen Müller", "Ann O'Hara", "Zoë Doe"]
        var everybody: [Developer] = []
        for number in 0..<24 {
            var developer = try developer(
                "dev\(number)@example.\(number.isMultiple(of: 3) ? "com" : "org")", name: names[number % names.count],
                status: DeveloperStatus.allCases[number % 4], isVerified: number % 5 != 0)
            developer.updatedAt = now.adding(.seconds((number * 7) % 24))
            everybody.append(developer)
            try await write(developer)
        }
        return everybody
    }

    fileprivate func expectListing(of everybody: [Developer], _ filter: DeveloperFilter, _ order: DeveloperOrder) async throws {
        let expected = everybody.filter(filter.takes)
        var found: [Developer] = []
        for number in 1... {
            let page = try await store.developers(
                in: portal.id, matching: filter, sortedBy: order, page: PageRequest(number: number, size: 7))
            #expect(page.total == expected.count, "\(filter)")
            if page.elements.isEmpty { break }
            found += page.elements
        }
        #expect(Set(found) == Set(expected) && found.count == expected.count, "\(filter) \(order)")
        #expect(isSorted(found, by: order), "\(filter) \(order)")
    }

    private func isSorted(_ developers: [Developer], by order: DeveloperOrder) -> Bool {
        let pairs = zip(developers, developers.dropFirst())
        return pairs.allSatisfy { first, second in
            let (one, other) = order.isDescending ? (second, first) : (first, second)
            return switch order.key {
            case .createdAt: one.id < other.id
            case .updatedAt: (one.updatedAt, one.id) < (other.updatedAt, other.id)
            case .email: Self.precedes(one.email.key, other.email.key) == true
            case .name: Self.precedes(one.fullName.key, other.fullName.key) ?? (one.id < other.id)
            case .status: Self.precedes(one.status.rawValue, other.status.rawValue) ?? (one.id < other.id)
            }
        }
    }

    /// Nil for texts that are the same; by their bytes, as databases compare.
    private static func precedes(_ one: String, _ other: String) -> Bool? {
        one == other ? nil : one.utf8.lexicographicallyPrecedes(other.utf8)
    }

    fileprivate func total(_ filter: DeveloperFilter) async throws -> Int {
        try await store.developers(in: portal.id, matching: filter, page: PageRequest()).total
    }
}
