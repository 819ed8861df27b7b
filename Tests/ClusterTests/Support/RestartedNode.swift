import ChildProcesses
import Foundation
import Testing

/// The node of a cluster's geo, started anew by a test with settings of its own.
struct RestartedNode {
    let process: ChildProcess

    /// Ends the node that is running and starts it again on its store.
    ///
    /// - Parameter settings: `PORTOLAN_…` variables.
    init(of geo: String, in cluster: RunningCluster, settings: [String: String]) async throws {
        let node = try cluster.geo(geo).node
        try await self.init(command: node.command, stopping: node.pid, settings: settings, admin: node.adminAddress)
        try await Self.awaitRouter(of: geo, in: cluster)
    }

    /// Kills this node, as a power cut does, and starts it again.
    func killedAndRestarted(of geo: String, in cluster: RunningCluster, settings: [String: String]) async throws -> RestartedNode
    {
        let node = try cluster.geo(geo).node
        process.signal(SIGKILL)
        await process.end()
        let again = try await RestartedNode(command: node.command, stopping: nil, settings: settings, admin: node.adminAddress)
        try await Self.awaitRouter(of: geo, in: cluster)
        return again
    }

    /// The router may have found the node gone meanwhile, and has to find that it is back.
    private static func awaitRouter(of geo: String, in cluster: RunningCluster) async throws {
        _ = try await eventually("the router finds the node") {
            try await cluster.portal(geo).get("/api/v3/portal").status == 200 ? true : nil
        }
    }

    private init(command: [String], stopping pid: Int32?, settings: [String: String], admin: String) async throws {
        if let pid { kill(pid, SIGTERM) }
        _ = try await eventually("the node has ended") {
            pid.map { kill($0, 0) != 0 } ?? true ? true : nil
        }
        process = try ChildProcess(command[0], Array(command.dropFirst()), environment: settings)
        _ = try await eventually("the node is ready again") {
            let answer = try? await Site(connect: admin, host: admin).get("/readyz")
            return answer?.status == 200 ? true : nil
        }
    }
}
