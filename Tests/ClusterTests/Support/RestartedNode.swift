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
    }

    /// Kills this node, as a power cut does, and starts it again.
    func killedAndRestarted(of geo: String, in cluster: RunningCluster, settings: [String: String]) async throws -> RestartedNode
    {
        let node = try cluster.geo(geo).node
        process.signal(SIGKILL)
        await process.end()
        return try await RestartedNode(command: node.command, stopping: nil, settings: settings, admin: node.adminAddress)
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
