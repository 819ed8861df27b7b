import Foundation
import Testing

@Suite("residency row 9: a search of logs, metrics and foreign stores for a developer", .timeLimit(.minutes(5)))
struct CanaryTests {
    @Test("after every flow in eu no byte of us, of au or of the router holds anything of the developer")
    func canaries() async throws {
        let canary = "qz\(UInt32.random(in: 1_000_000_000...UInt32.max))"
        try await RunningCluster.with { cluster in
            let jane = SignUp(
                cluster: cluster, geo: "eu", name: "Name-\(canary)", email: "mail-\(canary)@example.com",
                password: "Password-\(canary)")
            try await jane.register()
            try await jane.register()
            try await jane.complete(mails: 2)
            #expect(try await jane.change(to: "approved").status == 200)
            let logIn = try await jane.logIn()
            #expect(try await jane.me(logIn.cookies).status == 200)
            _ = try await jane.portal.post("/api/v3/developer/forgot-password", ["email": jane.email])
            _ = try await jane.portal.get("/login?email=mail-\(canary)%40example.com&returnTo=%2F\(canary)")
            _ = try await cluster.portal("us").with(cookies: logIn.cookies).get("/api/v3/developer/me?x=\(canary)")
            _ = try await jane.portal.with(host: "\(canary).example.com").get("/\(canary)")
            #expect(try await jane.change(to: "revoked").status == 200)
            #expect(try await cluster.management("eu").send("DELETE", "\(jane.developers)/\(jane.id())").status == 204)

            // What the router and the nodes tell their operators; the proof is none where they tell nothing.
            for admin in [cluster.description.router.adminAddress] + cluster.description.geos.values.map(\.node.adminAddress) {
                for path in ["/metrics", "/readyz"] {
                    let page = try await Site(connect: admin, host: admin).get(path)
                    #expect(!page.body.lowercased().contains(canary), "\(path)")
                }
            }
            #expect(try String(contentsOfFile: cluster.description.router.log, encoding: .utf8).contains("route=portal_api"))
            var places = [cluster.description.router.log]
            for geo in ["us", "au"] { places += [try cluster.geo(geo).node.data, try cluster.geo(geo).node.log] }
            // A scan that finds nothing anywhere proves nothing: eu itself must hold the canary.
            #expect(try CanaryScan(canary).hits(in: [cluster.geo("eu").node.data]).isEmpty == false)
            #expect(try CanaryScan(canary).hits(in: places) == [])
            // The node's own log holds no developer's data either.
            #expect(try CanaryScan(canary).hits(in: [cluster.geo("eu").node.log]) == [])
        }
    }
}
