import Foundation
import Testing

@Suite("residency row 4: credentials of one geo in a cluster of three", .timeLimit(.minutes(5)))
struct ForeignCredentialTests {
    @Test("an address of eu is a stranger in us, and eu's credentials are refused there, by the router and by the node")
    func strangers() async throws {
        try await RunningCluster.with(["--auto-approve", "--plain-inside"]) { cluster in
            let eu = SignUp(
                cluster: cluster, geo: "eu", name: "Jane Doe", email: "jane@example.com", password: "correct horse battery")
            try await eu.register()
            try await eu.complete()
            let logIn = try await eu.logIn()
            #expect(logIn.status == 204)

            // The eu password opens nothing in us, and the answer is that of an unknown account.
            let us = try cluster.portal("us")
            let known = try await eu.logIn(at: us)
            let unknown = try await us.post(
                "/api/v3/developer/authenticate", ["username": "nobody@example.com", "password": "whatever it is"])
            #expect(known.status == 401 && unknown.status == 401)
            #expect(try known.json()["detail"] as? String == unknown.json()["detail"] as? String)

            // The same address signs up in us as a stranger.
            let stranger = SignUp(
                cluster: cluster, geo: "us", name: "Jane Doe", email: "jane@example.com", password: "another good password")
            try await stranger.register()
            try await stranger.complete()
            #expect(try await stranger.logIn().status == 204)
            #expect(try await eu.logIn(at: us).status == 401)

            // eu's cookies, admin token, ids and links at us: the router refuses, and the node when it is asked directly.
            let usNode = Site(connect: try cluster.geo("us").node.address, host: us.host)
            #expect(try await us.with(cookies: logIn.cookies).get("/api/v3/developer/me").status == 403)
            #expect(try await usNode.with(cookies: logIn.cookies).get("/api/v3/developer/me").status == 401)
            var management = try cluster.management("us")
            management.headers = ["Authorization": "Bearer \(try cluster.geo("eu").adminToken)"]
            #expect(try await management.get("/v3/portals").status == 403)
            let usManagementNode = Site(connect: usNode.connect, host: management.host, headers: management.headers)
            #expect(try await usManagementNode.get("/v3/portals").status == 401)
            let euPortal = "/v3/portals/\(try cluster.geo("eu").portalId)"
            #expect(try await cluster.management("us").get(euPortal).status == 403)
            let forgot = try await eu.portal.post("/api/v3/developer/forgot-password", ["email": eu.email])
            #expect(forgot.status == 200)
            let token = try await eu.mailbox.token(to: eu.email, count: 3)
            #expect(try await us.get("/reset-password?token=\(token)").status == 403)
            let body = ["token": token, "password": "yet another password"]
            #expect(try await us.post("/api/v3/developer/reset-password", body).status == 404)
            // Nothing of that used the link up.
            #expect(try await eu.portal.post("/api/v3/developer/reset-password", body).status == 204)
        }
    }

    @Test("real ones of each kind, from each geo, at every place of each other geo's host, at the router and at the node")
    func matrix() async throws {
        try await RunningCluster.with(["--auto-approve", "--scrypt-log-n", "10", "--plain-inside"]) { cluster in
            for (origin, values) in try await Self.credentials(of: cluster) {
                for geo in cluster.description.geos.keys where geo != origin {
                    let router = try cluster.portal(geo)
                    let node = Site(connect: try cluster.geo(geo).node.address, host: router.host)
                    for value in values {
                        for place in Self.places(value) {
                            let (atRouter, atNode) = (try await place.ask(router).status, try await place.ask(node).status)
                            #expect(atRouter == place.router, "\(place.name), from \(origin) at \(geo)")
                            #expect(place.node.contains(atNode), "\(place.name), from \(origin) at \(geo): \(atNode)")
                        }
                    }
                }
            }
        }
    }

    /// Where a request can carry a value, and what is answered.
    private struct Place {
        let name: String
        let router: Int
        let node: Set<Int>
        let ask: (Site) async throws -> Site.Answer
    }

    private static func places(_ value: String) -> [Place] {
        func basic(_ text: String) -> String { "Basic \(Data(text.utf8).base64EncodedString())" }
        func field(_ text: String) -> (Site) async throws -> Site.Answer {
            { site in
                var site = site
                site.headers = ["Authorization": text]
                return try await site.get("/api/v3/developer/me")
            }
        }
        let body = ["token": value, "password": "yet another password"]
        return [
            Place(name: "cookie", router: 403, node: [401]) {
                try await $0.with(cookies: ["portalaccesstoken=\(value)"]).get("/api/v3/developer/me")
            },
            Place(name: "bearer", router: 403, node: [401], ask: field("Bearer \(value)")),
            Place(name: "user name", router: 403, node: [401], ask: field(basic("\(value):"))),
            Place(name: "password", router: 403, node: [401], ask: field(basic("x:\(value)"))),
            Place(name: "path", router: 403, node: [404]) { try await $0.get("/api/v3/\(value)") },
            Place(name: "query", router: 403, node: [404]) { try await $0.get("/reset-password?token=\(value)") },
            // The router reads no body; the node refuses the value as unknown, or as no token at all.
            Place(name: "body", router: value.hasPrefix("ptl") ? 400 : 404, node: [400, 404]) {
                try await $0.post("/api/v3/developer/reset-password", body)
            },
        ]
    }

    /// What each geo gave to a developer and to an admin: access, refresh and admin token, one-time token, ids.
    private static func credentials(of cluster: RunningCluster) async throws -> [(geo: String, values: [String])] {
        var found: [(geo: String, values: [String])] = []
        for geo in cluster.description.geos.keys.sorted() {
            let email = "jane@\(geo).example.com"
            let jane = SignUp(cluster: cluster, geo: geo, name: "Jane Doe", email: email, password: "correct horse battery")
            try await jane.register()
            try await jane.complete()
            let session = try await jane.logIn().cookies.compactMap { $0.split(separator: "=").last.map(String.init) }
                .filter { $0.hasPrefix("ptl") && $0.contains("_\(geo)_") }
            #expect(session.count >= 2)
            #expect(try await jane.portal.post("/api/v3/developer/forgot-password", ["email": email]).status == 200)
            let token = try await jane.mailbox.token(to: email, in: "reset-password")
            let place = try cluster.geo(geo)
            found.append((geo, session + [place.adminToken, token, place.portalId, try await jane.id()]))
        }
        return found
    }
}
