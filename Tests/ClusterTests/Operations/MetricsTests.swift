import Foundation
import ServiceMetrics
import Testing

@Suite("What a node tells of itself", .timeLimit(.minutes(5)))
struct MetricsTests {
    @Test("are registrations, verifications and log-ins by outcome, mails by state, the store, the geo and the version")
    func flows() async throws {
        try await RunningCluster.with(["--geos", "eu,us", "--scrypt-log-n", "10"]) { cluster in
            let before = try await Self.metrics(of: "us", in: cluster)
            let jane = SignUp(
                cluster: cluster, geo: "eu", name: "Jane", email: "jane@example.com", password: "A-long-enough-phrase-1")
            try await jane.register()
            #expect(try await jane.portal.post("/api/v3/developer", ["full_name": "", "email": "x"]).status == 400)
            try await jane.complete()
            #expect(try await jane.logIn().status == 401)
            #expect(try await jane.change(to: "approved").status == 200)
            #expect(try await jane.logIn().status == 204)
            let metrics = try await Self.metrics(of: "eu", in: cluster)
            func requests(_ flow: String, _ outcome: String) -> Double? {
                metrics.value("portolan_node_requests_total", ["flow": flow, "outcome": outcome])
            }
            #expect(requests("registration", "accepted") == 1)
            #expect(requests("registration", "invalid") == 1)
            #expect(requests("verification", "accepted") == 1)
            #expect(requests("password", "accepted") == 1)
            #expect(requests("log_in", "refused") == 1)
            #expect(requests("log_in", "accepted") == 1)
            #expect(metrics.value("portolan_node_developers", ["status": "approved"]) == 1)
            #expect(metrics.value("portolan_node_mail_attempts_total", ["outcome": "delivered"]) ?? 0 >= 2)
            #expect(metrics.value("portolan_node_store_duration_seconds_count", ["operation": "write"]) ?? 0 > 5)
            #expect(metrics.value("portolan_node_store_writable") == 1)
            #expect(metrics.first("portolan_node_info", ["geo": "eu"])?.labels["version"] == "0.1.0")
            #expect(metrics.value("portolan_node_identity_expires_timestamp_seconds") ?? 0 > Date().timeIntervalSince1970)
            // The other geo has counted nothing of it.
            let after = try await Self.metrics(of: "us", in: cluster)
            #expect(
                after.value("portolan_node_requests_total", ["flow": "registration", "outcome": "accepted"])
                    == before.value("portolan_node_requests_total", ["flow": "registration", "outcome": "accepted"]))
        }
    }

    @Test("are log-ins at the console and through an identity provider, each by outcome and apart from the others")
    func otherWaysIn() async throws {
        try await RunningCluster.with(["--geos", "eu", "--scrypt-log-n", "10"]) { cluster in
            let router = cluster.description.router.address
            let portal = try Site(connect: router, host: Site.authority(of: cluster.geo("eu").portalUrl))
            let console = try Site(connect: router, host: Site.authority(of: cluster.geo("eu").consoleUrl))
            // A browser that a provider sends back with nothing that this portal had asked for.
            _ = try await portal.get("/login?error=access_denied&state=unknown")
            #expect(try await portal.get("/api/v3/developer/authenticate/oidc-callback?code=x&state=unknown").status >= 400)
            #expect(try await portal.get("/login").status == 200)
            #expect(try await console.get("/login").status == 200)
            // From nowhere: no page of the console has sent this.
            #expect(try await console.post("/login", ["email": "nobody@example.com", "password": "wrong"]).status >= 400)
            let metrics = try await Self.metrics(of: "eu", in: cluster)
            func requests(_ flow: String, _ outcome: String) -> Double? {
                metrics.value("portolan_node_requests_total", ["flow": flow, "outcome": outcome])
            }
            #expect(["accepted", "invalid", "refused"].compactMap { requests("sign_on", $0) }.reduce(0, +) == 2)
            #expect((requests("console_log_in", "refused") ?? 0) + (requests("console_log_in", "invalid") ?? 0) == 1)
            #expect(requests("console_page", "accepted") == 1)
            #expect(requests("log_in", "refused") ?? 0 == 0 && requests("page", "accepted") ?? 0 >= 1)
        }
    }

    @Test("are of a router its version, its memory and its descriptors")
    func router() async throws {
        try await RunningCluster.with(["--geos", "eu"]) { cluster in
            let admin = cluster.description.router.adminAddress
            let metrics = MetricsReading(try await Site(connect: admin, host: admin).get("/metrics").body)
            #expect(metrics.first("portolan_router_info")?.labels["version"] == "0.1.0")
            #expect(metrics.value("process_resident_memory_bytes") ?? 0 > 1_000_000)
            let open = try #require(metrics.value("process_open_fds"))
            #expect(open > 3 && open < (metrics.value("process_max_fds") ?? 0))
        }
    }

    static func metrics(of geo: String, in cluster: RunningCluster) async throws -> MetricsReading {
        let admin = try cluster.geo(geo).node.adminAddress
        return MetricsReading(try await Site(connect: admin, host: admin).get("/metrics").body)
    }
}
