import ArgumentParser
import NodeService

extension BackupCommand {
    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Writes a backup, while the node serves or while it is stopped.",
            discussion: """
                Runs as the user who owns the data folder. The backup holds everything that was acknowledged before it began: the store \
                and the key of its mails, encrypted for the holder of the geo's backup key (backup.recipient in node.yaml). This machine \
                cannot read it.

                The copy is compared with itself before it is encrypted, and the file with what was written; only then it gets its name. \
                Keep the backup in its geo.
                """)

        @Option(help: ArgumentHelp("The configuration of the geo's node.", valueName: "node.yaml"))
        var config: String

        @Option(help: ArgumentHelp("The file to make; nothing is overwritten.", valueName: "file"))
        var output: String

        func run() async throws {
            try await CommandFailure.reportingOfMachine {
                let receipt = try NodeAdministration.backUp(configurationFile: config, to: output)
                print(receipt.header.summary)
                print("  file         \(output), SHA-256 \(receipt.fileHash)")
            }
        }
    }
}
