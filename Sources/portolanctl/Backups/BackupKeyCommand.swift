import ArgumentParser
import Backups
import ConfigurationFiles
import Geography

struct BackupKeyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup-key", abstract: "The keys with which a geo's backups are made and opened.",
        subcommands: [Create.self])

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Makes the keys of one geo.",
            discussion: """
                Run it in the geo, and not on its machine. Of the two files, backup-GEO.recipient goes to the geo's machine, for the \
                node's user alone: it makes backups and reads none. backup-GEO.key opens them; keep it twice, away from the machine \
                and from the backups. Whoever loses it loses every backup.

                EXAMPLE
                  portolanctl backup-key create --topology topology.yaml --geo eu --folder .
                """)

        @Option(help: ArgumentHelp("The topology.", valueName: "topology.yaml"))
        var topology: String

        @Option(help: "The geo's id.")
        var geo: String

        @Option(help: ArgumentHelp("Where the two files are made.", valueName: "folder"))
        var folder = "."

        func run() async throws {
            do {
                let topology = try Topology(yaml: TextFile.read(topology), named: topology)
                guard let geo = try topology.geo(GeoID(geo)) else {
                    throw CommandFailure.report("the topology has no geo \(geo)", code: CommandFailure.wrongConfiguration)
                }
                let key = BackupKey(geo: geo)
                let paths = try key.write(to: folder)
                print(
                    """
                    The backup key \(key.recipient.id) of the geo \(geo.id):
                      \(paths.key)  opens backups: keep it away from the geo's machine
                      \(paths.recipient)  makes backups: `backup.recipient` in the geo's node.yaml
                    """)
            } catch let code as ExitCode {
                throw code
            } catch {
                throw CommandFailure.report(error, code: CommandFailure.wrongConfiguration)
            }
        }
    }
}
