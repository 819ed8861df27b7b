import Foundation
import ServiceMetrics
import Testing

@Suite("deploy/monitoring", .timeLimit(.minutes(5)))
struct MonitoringTests {
    private static func file(_ path: String) throws -> String {
        try String(contentsOf: Products.root.appending(path: path), encoding: .utf8)
    }

    @Test("asks only for metrics and labels that the processes of a cluster tell")
    func names() async throws {
        try await RunningCluster.with(["--geos", "eu"]) { cluster in
            let admin = cluster.description.router.adminAddress
            let router = MetricsReading(try await Site(connect: admin, host: admin).get("/metrics").body)
            let node = try await MetricsTests.metrics(of: "eu", in: cluster)
            // A rule for both kinds of process wants both to tell.
            for metric in try Self.file("deploy/monitoring/rules.yaml").matches(of: #/\bprocess_\w+/#).map({ String($0.0) }) {
                #expect(node.value(metric) != nil && router.value(metric) != nil, "\(metric)")
            }
            var known = Set((router.samples + node.samples).map(\.name))
            // Told only by a router with TLS; its place in the code stands for it.
            let ofTLS = "portolan_router_certificate_expires_timestamp_seconds"
            #expect(try Self.file("Sources/RouterService/Metrics/MetricsPage+TLS.swift").contains("\"\(ofTLS)\""))
            known.insert(ofTLS)
            // Told by Prometheus, of a whole family, or counted only where it is not zero.
            let family = "_identity_expires_timestamp_seconds"
            known.formUnion(["portolan_router_requests_total", "portolan_router_identity_expires_timestamp_seconds"])
            for path in ["deploy/monitoring/rules.yaml", "deploy/monitoring/dashboard.json"] {
                let text = try Self.file(path).replacingOccurrences(of: "portolan_(node|router)\(family)", with: "")
                let asked = Set(text.matches(of: #/\b(?:portolan_(?:node|router)|process)_\w+/#).map { String($0.0) })
                #expect(asked.count > 15, "\(path)")
                #expect(asked.subtracting(known) == [], "\(path)")
                for match in text.matches(of: #/(portolan_node_\w+)\{([^}]*)\}/#) {
                    for label in String(match.2).replacingOccurrences(of: "\\", with: "").matches(of: #/(\w+)="([^"]*)"/#) {
                        let labels = [String(label.1): String(label.2)]
                        #expect(node.first(String(match.1), labels) != nil, "\(match.0) in \(path)")
                    }
                }
            }
            let source = try Self.file("Sources/RouterService/Metrics/MetricsPage.swift")
            #expect(source.contains("\"portolan_router_requests_total\"") && source.contains("portolan_router\(family)"))
        }
    }

    @Test("has for each alert a test at which it fires, one at which it is silent, and a place in docs/operating.md")
    func alerts() throws {
        let alerts = try Self.file("deploy/monitoring/rules.yaml").matches(of: #/- alert: (\w+)/#).map { String($0.1) }
        #expect(alerts.count == Set(alerts).count && alerts.count >= 15)
        let tests = try Self.file("deploy/monitoring/rules.test.yaml")
        let answers = try Self.file("docs/operating.md")
        for alert in alerts {
            #expect(tests.contains("name: \(alert) fires") && tests.contains("name: \(alert) is silent"))
            #expect(answers.contains("### \(alert)\n"), "\(alert) has no answer")
        }
    }
}
