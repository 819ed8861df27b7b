import ArgumentParser

struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "Encrypted backups of one geo, on that geo's machine.",
        discussion: """
            EXAMPLES
              portolanctl backup --config /etc/portolan/node-eu.yaml --output /backup/eu-2026-01-31.portolan
              portolanctl backup verify /backup/eu-2026-01-31.portolan
              portolanctl backup verify /backup/eu-2026-01-31.portolan --key backup-eu.key
            """,
        subcommands: [Create.self, Verify.self], defaultSubcommand: Create.self)
}
