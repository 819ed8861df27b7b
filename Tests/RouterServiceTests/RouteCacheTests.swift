import Testing

@testable import Geography
@testable import RouterService

@Suite("Hosts are found among a hundred thousand as among two")
struct RouteCacheTests {
    private func plan(customDomains count: Int) throws -> RoutingPlan {
        let eu = try GeoID("eu")
        let portal = try PortalSlug("acme")
        return RoutingPlan(
            Topology(
                domain: try Hostname("example.com"), publicOrigin: PublicOrigin(scheme: .https),
                geos: [Geo(id: eu, number: try GeoNumber(1), name: "Europe", nodes: [])],
                customDomains: try (0..<count).map { number in
                    CustomDomain(host: try Hostname("developers.company-\(number).example"), geo: eu, portal: portal)
                }))
    }

    @Test("each leads to its geo, others lead nowhere, and what is kept of them has a limit")
    func many() throws {
        let plan = try plan(customDomains: 100_000)
        var cache = RouteCache(plan.hosts, geos: [:])
        #expect(plan.hosts.destination(of: try Hostname("developers.company-99999.example"))?.geo?.value == "eu")
        #expect(cache.route(for: "developers.company-99999.example") == nil)  // no geo is served here
        #expect(cache.route(for: "portal.example.com") != nil)
        #expect(cache.count == 1)
        for number in 0..<5000 { _ = cache.route(for: "portal.example.com:\(number + 1)") }
        #expect(cache.count <= RouteCache.capacity)
    }
}
