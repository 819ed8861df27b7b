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

    static func metrics(of geo: String, in cluster: RunningCluster) async throws -> MetricsReading {
        let admin = try cluster.geo(geo).node.adminAddress
        return MetricsReading(try await Site(connect: admin, host: admin).get("/metrics").body)
    }
}
