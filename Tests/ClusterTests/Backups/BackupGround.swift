import ChildProcesses
import Foundation
import Testing

/// The files with which backups of a cluster's geo are made and put back, on the machine of a test.
struct BackupGround {
    let folder: TemporaryFolder
    let cluster: RunningCluster
    let geo: String

    var key: String { folder.path("backup-\(geo).key") }
    var recipient: String { folder.path("backup-\(geo).recipient") }
    var configuration: String { get throws { try Self.configuration(of: geo, in: cluster) } }

    init(of geo: String, in cluster: RunningCluster) async throws {
        folder = try TemporaryFolder()
        (self.cluster, self.geo) = (cluster, geo)
        let made = try await Self.run([
            "backup-key", "create", "--topology", "\(cluster.description.folder)/topology.yaml", "--geo", geo, "--folder",
            folder.root.path,
        ])
        #expect(made.status == 0, "\(made.errors)")
    }

    static func configuration(of geo: String, in cluster: RunningCluster) throws -> String {
        let command = try cluster.geo(geo).node.command
        return command[try #require(command.firstIndex(of: "--config")) + 1]
    }

    typealias Outcome = (status: Int32, output: String, errors: String)

    func backUp(to name: String) async throws -> Outcome {
        try await Self.run(
            ["backup", "--config", configuration, "--output", folder.path(name)],
            environment: ["PORTOLAN_BACKUP_RECIPIENT": recipient])
    }

    /// - Parameter geo: whose data folder it is put into.
    func restore(_ name: String, into geo: String? = nil, _ arguments: String...) async throws -> Outcome {
        try await Self.run(
            ["restore", "--config", Self.configuration(of: geo ?? self.geo, in: cluster), "--key", key, folder.path(name)]
                + arguments)
    }

    static func run(_ arguments: [String], environment: [String: String] = [:]) async throws -> Outcome {
        let process = try ChildProcess(Products.path("portolanctl"), arguments, environment: environment)
        return (await process.end(), process.output, process.errors)
    }

    /// Ends the node, and returns when it is gone.
    func stopNode(by signal: Int32 = SIGTERM) async throws {
        let pid = try cluster.geo(geo).node.pid
        kill(pid, signal)
        _ = try await eventually("the node has ended") { kill(pid, 0) != 0 ? true : nil }
    }
}
