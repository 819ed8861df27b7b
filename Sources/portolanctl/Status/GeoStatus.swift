import Foundation
import Geography
import ServiceMetrics

/// How one geo is: whether its nodes serve, and counts.
struct GeoStatus: Encodable, Sendable {
    let geo: String
    let nodes: Int
    var ready = 0
    var version: String?
    var waitingDevelopers: Int?
    var queuedMails: Int?
    var oldestMailSeconds: Int?
    var deadLetters: Int?
    /// Of the node's certificate inside; nil where it has none.
    var certificateDays: Int?
    var backupAgeHours: Int?
    var diskFreePercent: Int?
    /// What keeps nodes from being ready.
    var problems: [String] = []

    var isHealthy: Bool { ready == nodes }

    init(of geo: Geo) async {
        self.geo = geo.id.value
        nodes = geo.nodes.count
        for node in geo.nodes {
            guard let admin = node.admin else {
                problems.append("\(node.service): the topology has no `admin` address to ask")
                continue
            }
            do {
                let readiness = try await AdminPage.get("/readyz", at: admin)
                let page = try await AdminPage.get("/metrics", at: admin)
                let metrics = MetricsReading(page.body)
                let found = metrics.first("portolan_node_info")
                // An address that leads to another geo's node says nothing about this one, and is shown as nothing.
                guard found?.labels["geo"] == geo.id.value else {
                    problems.append("\(admin) is not a node of \(geo.id)")
                    continue
                }
                if readiness.status == 200 { ready += 1 } else { problems.append("\(admin): not ready (\(readiness.status))") }
                take(metrics)
            } catch {
                problems.append("\(admin): \(AdminPage.explain(error))")
            }
        }
    }

    private mutating func take(_ metrics: MetricsReading) {
        func count(_ name: String, _ labels: [String: String] = [:]) -> Int? { metrics.value(name, labels).map { Int($0) } }
        version = metrics.first("portolan_node_info")?.labels["version"]
        waitingDevelopers = count("portolan_node_developers", ["status": "pending"])
        queuedMails = count("portolan_node_mails", ["state": "queued"])
        deadLetters = count("portolan_node_mails", ["state": "dead"])
        oldestMailSeconds = count("portolan_node_mail_queue_age_seconds")
        let now = Date().timeIntervalSince1970
        certificateDays = metrics.value("portolan_node_identity_expires_timestamp_seconds").map { Int(($0 - now) / 86_400) }
        backupAgeHours = metrics.value("portolan_node_backup_timestamp_seconds").flatMap { $0 > 0 ? Int((now - $0) / 3600) : nil }
        if let free = metrics.value("portolan_node_disk_free_bytes"), let size = metrics.value("portolan_node_disk_bytes"),
            size > 0
        {
            diskFreePercent = Int(100 * free / size)
        }
    }
}
