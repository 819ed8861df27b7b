import ArgumentParser
import NodeService

struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore", abstract: "Puts a backup of a geo into its data folder: as a whole, or not at all.",
        discussion: """
            Runs on the geo's machine, as the user who owns the data folder, while the node is stopped. Refuses the backup of another \
            geo, one that was altered or cut off, and a data folder with something in it.

            What happened after the backup is gone with the store that it replaces: accounts that were deleted since are back, and so are \
            sessions that were ended. See "Restore" in docs/operating.md.

            EXAMPLE
              portolanctl restore --config /etc/portolan/node-eu.yaml --key backup-eu.key /backup/eu-2026-01-31.portolan
            """)

    @Option(help: ArgumentHelp("The configuration of the geo's node.", valueName: "node.yaml"))
    var config: String

    @Option(help: ArgumentHelp("The key that opens the backup.", valueName: "file"))
    var key: String

    @Flag(help: "Replace the store that is there.")
    var replace = false

    @Argument(help: ArgumentHelp("The backup.", valueName: "file"))
    var file: String

    func run() async throws {
        try await CommandFailure.reportingOfMachine {
            let header = try await NodeAdministration.restore(
                configurationFile: config, keyFile: key, backup: file, isReplacing: replace)
            print(header.summary)
            print("It is restored. Start the node; then see \"Restore\" in docs/operating.md.")
        }
    }
}
