import ChildProcesses
import Foundation
import Synchronization
import Testing

/// A cluster of real processes that `portolanctl cluster up --ephemeral --json` started, stopped when the test ends.
final class RunningCluster: Sendable {
    /// The JSON line of `cluster up`.
    struct Description: Decodable, Sendable {
        struct Process: Decodable, Sendable {
            let address: String
            let adminAddress: String
            let pid: Int32
            let command: [String]
            let log: String
        }

        struct Node: Decodable, Sendable {
            let address: String
            let adminAddress: String
            let pid: Int32
            let command: [String]
            let log: String
            let data: String
        }

        struct Geo: Decodable, Sendable {
            let portalUrl: String
            let portalId: String
            let apiUrl: String
            let consoleUrl: String
            let maildir: String
            let adminToken: String
            let node: Node
        }

        let router: Process
        let geos: [String: Geo]
        let folder: String
    }

    let description: Description
    let process: ChildProcess

    /// Starts a cluster, runs the test with it, and stops it however the test ends.
    static func with(_ arguments: [String] = [], _ test: (RunningCluster) async throws -> Void) async throws {
        let process = try ChildProcess(Products.path("portolanctl"), ["cluster", "up", "--ephemeral", "--json"] + arguments)
        do {
            let line = try await process.firstLine()
            let decoder = JSONDecoder()
            decoder.keyDecodingStrategy = .convertFromSnakeCase
            let cluster = RunningCluster(
                description: try decoder.decode(Description.self, from: Data(line.utf8)), process: process)
            try await test(cluster)
        } catch {
            await process.stop()
            throw error
        }
        await process.stop()
    }

    private init(description: Description, process: ChildProcess) {
        self.description = description
        self.process = process
    }

    func geo(_ id: String) throws -> Description.Geo { try #require(description.geos[id]) }

    /// A client of a geo's portal, through the router.
    func portal(_ id: String) throws -> Site {
        Site(connect: description.router.address, host: try Site.authority(of: geo(id).portalUrl))
    }

    /// A client of a geo's management API, through the router, with its admin token.
    func management(_ id: String) throws -> Site {
        var site = Site(connect: description.router.address, host: try Site.authority(of: geo(id).apiUrl))
        site.headers = ["Authorization": "Bearer \(try geo(id).adminToken)"]
        return site
    }
}

/// Where the build put the executables, beside the test bundle, and where the sources are.
enum Products {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    static func path(_ name: String) -> String {
        URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().appendingPathComponent(name).path
    }
}
