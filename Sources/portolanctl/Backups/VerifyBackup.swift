import ArgumentParser
import Backups

extension BackupCommand {
    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Finds out whether a backup is whole.",
            discussion: """
                Without the key: its form, its length, and what it says of itself. With the key everything in it is decrypted and \
                compared with what was read from the store; nothing is written anywhere. Do this where the key is, in the backup's geo.
                """)

        @Argument(help: ArgumentHelp("The backup.", valueName: "file"))
        var file: String

        @Option(help: ArgumentHelp("The key that opens it.", valueName: "file"))
        var key: String?

        func run() async throws {
            do {
                let reader = try BackupReader(file: file)
                print(reader.header.summary)
                guard let key else {
                    return print("Its form is right. Whether each byte is right can be seen with --key.")
                }
                try reader.open(with: BackupKey(file: key), store: { _ in }, outboxKey: { _ in })
                print("It is whole: every byte is what was read from the store.")
            } catch {
                throw CommandFailure.report(error)
            }
        }
    }
}
