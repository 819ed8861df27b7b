import Accounts
import Geography
import Testing

extension StoreConformance {
    static let portals: [ConformanceCase] = [
        ConformanceCase("a portal comes back by id and by slug with every field as it was written") { bench in
            var portal = try StoreBench.portal("full", name: "Zoë & 山田 \"GmbH\"", id: bench.mint.id())
            portal.displayName = String(repeating: "𠮷", count: Portal.maximumNameLength)
            portal.description = String(repeating: "é", count: Portal.maximumDescriptionLength)
            portal.labels = ["team": "a-1", "schlüssel": "wert"]
            portal.settings.authenticationEnabled = false
            portal.settings.autoApproveDevelopers = true
            portal.settings.rbacEnabled = true
            portal.settings.defaultAPIVisibility = .public
            portal.settings.adminMailsNameDevelopers = true
            try await bench.store.create(portal)
            let store = try await bench.host.open()
            #expect(try await store.portal(portal.id) == portal)
            #expect(try await store.portal(with: portal.slug) == portal)
        },
        ConformanceCase("no portal is found by an id or a slug that nobody has") { bench in
            #expect(try await bench.store.portal(bench.mint.id(of: Portal.self)) == nil)
            let absent = try PortalSlug("absent")
            #expect(try await bench.store.portal(with: absent) == nil)
        },
        ConformanceCase("a second portal with the same name or the same slug is a conflict, and is not there") { bench in
            for portal in [
                try StoreBench.portal("different", name: bench.portal.name, id: bench.mint.id()),
                try StoreBench.portal(bench.portal.slug.value, name: "Different", id: bench.mint.id()),
            ] {
                await expectConflict { try await bench.store.create(portal) }
                #expect(try await bench.store.portal(portal.id) == nil)
            }
        },
        ConformanceCase("of many portals with one slug at once exactly one is made") { bench in
            let made = try await bench.count(of: 16) {
                let portal = try StoreBench.portal("race", id: bench.mint.id())
                do {
                    try await bench.store.create(portal)
                    return true
                } catch AccountError.conflict { return false }
            }
            #expect(made == 1)
        },
        ConformanceCase("portals are listed in the order of their making, by pages, with the total") { bench in
            var ids = [bench.portal.id]
            for slug in ["zeta", "beta", "alpha", "gamma"] {
                let portal = try StoreBench.portal(slug, id: bench.mint.id())
                ids.append(portal.id)
                try await bench.store.create(portal)
            }
            for (number, expected) in [(1, ids[0..<2]), (2, ids[2..<4]), (3, ids[4..<5]), (4, [])] {
                let page = try await bench.store.portals(page: PageRequest(number: number, size: 2))
                #expect(page.elements.map(\.id) == Array(expected) && page.total == 5)
            }
        },
        ConformanceCase("a step on a portal changes it, and answers what it is now") { bench in
            let changed = try await bench.store.update(bench.portal.id) { portal in
                portal.name = "Renamed"
                portal.settings.autoApproveDevelopers = true
                portal.description = "new"
                portal.labels["team"] = "a"
            }
            #expect(changed.name == "Renamed" && changed.settings.autoApproveDevelopers && changed.slug == bench.portal.slug)
            #expect(try await bench.store.portal(bench.portal.id) == changed)
        },
        ConformanceCase("a step on a portal that throws changes nothing, and its error comes through") { bench in
            await #expect(throws: Refusal()) {
                try await bench.store.update(bench.portal.id) { portal in
                    portal.name = "Renamed"
                    throw Refusal()
                }
            }
            let portal = try await bench.store.portal(bench.portal.id)
            #expect(portal == bench.portal)
        },
        ConformanceCase("a step on a portal that is not there is refused") { bench in
            await #expect(throws: AccountError.notFound("portal")) {
                try await bench.store.update(bench.mint.id()) { $0.name = "Renamed" }
            }
        },
        ConformanceCase("a portal may keep its name but not take another's") { bench in
            let other = try await bench.otherPortal()
            _ = try await bench.store.update(bench.portal.id) { $0.name = bench.portal.name }
            await expectConflict { _ = try await bench.store.update(bench.portal.id) { $0.name = other.name } }
            #expect(try await bench.store.portal(bench.portal.id) == bench.portal)
        },
        ConformanceCase("of many steps on one portal at once none is lost") { bench in
            _ = try await bench.count(of: 32) {
                _ = try await bench.store.update(bench.portal.id) {
                    $0.labels["n"] = String((Int($0.labels["n"] ?? "") ?? 0) + 1)
                }
                return true
            }
            #expect(try await bench.store.portal(bench.portal.id)?.labels["n"] == "32")
        },
        ConformanceCase("a step on an account sees the portal's settings of that moment") { bench in
            _ = try await bench.store.update(bench.portal.id) { $0.settings.autoApproveDevelopers = true }
            let seen = try await bench.snapshot(of: .developer(bench.mint.id()))
            #expect(seen.portal.settings.autoApproveDevelopers)
        },
    ]

    /// Expects a refusal because of what is there already.
    static func expectConflict(
        sourceLocation: SourceLocation = #_sourceLocation, _ work: () async throws -> Void
    ) async {
        do {
            try await work()
            Issue.record("expected a conflict, found none", sourceLocation: sourceLocation)
        } catch AccountError.conflict {
        } catch {
            Issue.record("expected a conflict, found \(error)", sourceLocation: sourceLocation)
        }
    }
}
