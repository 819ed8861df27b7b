import ArgumentParser
import ConfigurationFiles
import Foundation
import Geography

struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "How every geo of a topology is, at a glance: health and counts, nothing of anybody.",
        discussion: """
            Asks each node at its `admin` address of the topology, so run it where those can be reached. Shows no name, no address and \
            no id: what crosses from a geo to you is what its metrics tell. Exits with 1 where a node is not ready.

            EXAMPLES
              portolanctl status --topology /etc/portolan/topology.yaml
              portolanctl status --topology /etc/portolan/topology.yaml --json
            """)

    @Option(help: ArgumentHelp("The topology.", valueName: "topology.yaml"))
    var topology: String

    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        let found: Topology
        do {
            found = try Topology(yaml: TextFile.read(topology), named: topology)
        } catch {
            throw CommandFailure.report(error, code: CommandFailure.wrongConfiguration)
        }
        let geos = await withTaskGroup(of: (Int, GeoStatus).self) { group in
            for (place, geo) in found.geos.enumerated() { group.addTask { (place, await GeoStatus(of: geo)) } }
            var all: [(Int, GeoStatus)] = []
            for await one in group { all.append(one) }
            return all.sorted { $0.0 < $1.0 }.map(\.1)
        }
        if json {
            let encoder = JSONEncoder()
            encoder.keyEncodingStrategy = .convertToSnakeCase
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
            print(String(decoding: try encoder.encode(["geos": geos]), as: UTF8.self))
        } else {
            print(Self.table(geos))
        }
        if geos.contains(where: { !$0.isHealthy }) { throw ExitCode.failure }
    }

    private static func table(_ geos: [GeoStatus]) -> String {
        let head = ["geo", "nodes", "waiting", "mails", "oldest", "dead", "certificate", "backup", "disk free", "version"]
        let rows = geos.map { geo in
            [
                geo.geo, "\(geo.ready)/\(geo.nodes)", text(geo.waitingDevelopers), text(geo.queuedMails),
                text(geo.oldestMailSeconds, " s"), text(geo.deadLetters), text(geo.certificateDays, " days"),
                text(geo.backupAgeHours, " h ago"), text(geo.diskFreePercent, " %"), geo.version ?? "-",
            ]
        }
        let widths = head.indices.map { column in ([head] + rows).map { $0[column].count }.max() ?? 0 }
        let lines = ([head] + rows).map { row in
            zip(row, widths).map { $0.padding(toLength: $1, withPad: " ", startingAt: 0) }.joined(separator: "  ")
        }
        let problems = geos.flatMap { geo in geo.problems.map { "\(geo.geo): \($0)" } }
        return (lines + problems).joined(separator: "\n")
    }

    private static func text(_ value: Int?, _ unit: String = "") -> String { value.map { "\($0)\(unit)" } ?? "-" }
}
