import ChildProcesses
import Foundation

/// A router of a test's own beside that of a cluster: the same files, with settings of the test.
struct OwnRouter {
    let process: ChildProcess
    /// Where clients connect.
    let address: String

    /// How long this router waits for a node, in seconds.
    static let patience = 2
    private static let settings = [
        "PORTOLAN_LISTEN": "127.0.0.1:0", "PORTOLAN_ADMIN_LISTEN": "127.0.0.1:0",
        "PORTOLAN_LIMITS_UPSTREAM_CONNECT_TIMEOUT_SECONDS": "1",
        "PORTOLAN_LIMITS_UPSTREAM_RESPONSE_TIMEOUT_SECONDS": "\(patience)",
        "PORTOLAN_HEALTH_INTERVAL_SECONDS": "0.2",
    ]

    /// - Parameter settings: `PORTOLAN_…` variables beside short limits.
    init(in cluster: RunningCluster, settings: [String: String] = [:]) async throws {
        let command = cluster.description.router.command
        let process = try ChildProcess(
            command[0], Array(command.dropFirst()), environment: Self.settings.merging(settings) { $1 })
        self.process = process
        address = try await eventually("the router listens") {
            process.errors.firstMatch(of: #/router listens.* listen=(127\.0\.0\.1:\d+)/#).map { String($0.1) }
        }
    }

    /// A client of a geo's portal through this router.
    func portal(_ geo: String, of cluster: RunningCluster) throws -> Site {
        Site(connect: address, host: try cluster.portal(geo).host)
    }

    /// Waits until this router serves a geo's portal.
    func serves(_ geo: String, of cluster: RunningCluster) async throws {
        let site = try portal(geo, of: cluster)
        _ = try await eventually("\(geo) is served") { (try? await site.get("/login").status) == 200 ? true : nil }
    }
}
