import Accounts
import Foundation
import Geography
import SQLiteStore
import ServiceMetrics
import ServiceProcess

/// What a node tells of itself at `/metrics`: counts, times and sizes.
struct NodeMetricsPage: Sendable {
    let geo: Geo
    let metrics: NodeMetrics
    let store: SQLiteStore
    let hasher: ScryptPasswordHasher
    let identity: NodeIdentity?
    let clock: any WallClock

    func render() async -> String {
        var page = MetricsText()
        page.family("portolan_node_info", .gauge, "The geo and the version of this node.")
        page.sample(["geo": geo.id.value, "version": ProductVersion.current], 1)
        renderRequests(to: &page)
        renderHashes(to: &page)
        await renderStore(to: &page)
        renderProcess(to: &page)
        return page.text
    }

    private func renderRequests(to page: inout MetricsText) {
        page.family("portolan_node_requests_total", .counter, "Requests answered, by flow and outcome.")
        for flow in RequestFlow.allCases {
            for outcome in RequestOutcome.allCases {
                page.sample(["flow": flow.rawValue, "outcome": outcome.rawValue], metrics.requests(flow, outcome).value)
            }
        }
        page.family("portolan_node_request_duration_seconds", .histogram, "From a request's head to the head of its answer.")
        for flow in RequestFlow.allCases { page.samples(["flow": flow.rawValue], of: metrics.durations(flow)) }
        page.family("portolan_node_mail_attempts_total", .counter, "Attempts to deliver a mail, by outcome.")
        for outcome in NodeMetrics.Delivery.allCases {
            page.sample(["outcome": outcome.rawValue], metrics.deliveries(outcome).value)
        }
    }

    private func renderHashes(to page: inout MetricsText) {
        page.family("portolan_node_password_hashes", .gauge, "Passwords that are hashed or wait for it.")
        page.sample(hasher.waiting)
        page.family("portolan_node_password_hashes_limit", .gauge, "How many there may be; one more is answered with 503.")
        page.sample(hasher.capacity)
    }

    private func renderStore(to page: inout MetricsText) async {
        page.family("portolan_node_store_writable", .gauge, "Whether a write reaches the disk now.")
        page.sample(await store.isWritable() ? 1 : 0)
        page.family("portolan_node_store_duration_seconds", .histogram, "How long callers waited for the store.")
        page.samples(["operation": "read"], of: store.timings.reads)
        page.samples(["operation": "write"], of: store.timings.writes)
        page.family("portolan_node_store_backlog", .gauge, "Writes that wait for the disk.")
        page.sample(store.backlog)
        let statistics = store.statistics
        page.family("portolan_node_store_commits_total", .counter, "Transactions on disk.")
        page.sample(statistics.commits)
        page.family("portolan_node_store_writes_total", .counter, "Writes in them.")
        page.sample(statistics.writes)
        guard let census = try? await store.census() else { return }
        render(census, to: &page)
    }

    private func render(_ census: StoreCensus, to page: inout MetricsText) {
        page.family("portolan_node_developers", .gauge, "Developers by status.")
        for status in ["unverified", "pending", "approved", "rejected", "revoked"] {
            let count = census.developers.reduce(0) { sum, row in
                let name = row.status == "pending" && !row.isVerified ? "unverified" : row.status
                return name == status ? sum + row.count : sum
            }
            page.sample(["status": status], count)
        }
        page.family("portolan_node_mails", .gauge, "Mails that are kept, by state: queued ones wait, dead ones were given up.")
        page.sample(["state": "queued"], census.queuedMails)
        page.sample(["state": "dead"], census.deadMails)
        page.family("portolan_node_mail_queue_age_seconds", .gauge, "The age of the oldest mail that waits; 0 without one.")
        let age = census.oldestMail.map { Double(clock.now.milliseconds - $0.milliseconds) / 1000 } ?? 0
        page.sample(max(0, age))
        page.family("portolan_node_store_bytes", .gauge, "The sizes of the store's files.")
        page.sample(["file": "store"], census.storeBytes)
        page.sample(["file": "log"], census.logBytes)
        page.family("portolan_node_disk_free_bytes", .gauge, "Room on the disk of the data folder.")
        page.sample(census.freeBytes)
        page.family("portolan_node_disk_bytes", .gauge, "The size of that disk.")
        page.sample(census.diskBytes)
        page.family("portolan_node_backup_timestamp_seconds", .gauge, "When the last backup was made; 0 where none was.")
        page.sample(Int(census.backedUpAt?.timeIntervalSince1970 ?? 0))
    }

    private func renderProcess(to page: inout MetricsText) {
        if let identity {
            page.family("portolan_node_identity_expires_timestamp_seconds", .gauge, "When the node's certificate inside ends.")
            page.sample(identity.expires)
        }
        let figures = ProcessFigures()
        page.family("process_start_time_seconds", .gauge, "When the process started.")
        page.sample(Int(metrics.startedAt.timeIntervalSince1970))
        page.family("process_resident_memory_bytes", .gauge, "Resident memory.")
        page.sample(figures.residentBytes)
        page.family("process_open_fds", .gauge, "Open file descriptors.")
        page.sample(figures.openFiles)
        page.family("process_max_fds", .gauge, "The limit of open file descriptors.")
        page.sample(figures.fileLimit)
    }
}
