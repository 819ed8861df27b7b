import ArgumentParser

struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "The audit log of one geo: who did what, and whether that is still all of it.",
        discussion: """
            Every act of an admin, a developer or an operator is an entry, chained to the one before it by a hash. Entries hold ids and \
            no names.

            EXAMPLES
              portolanctl audit verify --config /etc/portolan/node.yaml
              portolanctl audit export --config /etc/portolan/node.yaml > audit.jsonl
              portolanctl audit export --api https://eu.api.example.com --after 1200 >> audit.jsonl
            """,
        subcommands: [Verify.self, Export.self])
}
