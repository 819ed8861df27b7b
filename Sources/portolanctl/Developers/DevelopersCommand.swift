import ArgumentParser

struct DevelopersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "developers", abstract: "Who may use a portal of one geo.",
        discussion: """
            Works through the management API of one geo, with an admin token of that geo in PORTOLAN_ADMIN_TOKEN.

            EXAMPLES
              portolanctl developers list --api https://eu.api.example.com --portal acme --status pending
              portolanctl developers approve --api https://eu.api.example.com --portal acme jane@example.com
              portolanctl developers invite --api https://eu.api.example.com --portal acme --name "Jane Doe" jane@example.com
            """,
        subcommands: [
            List.self, Create.self, Invite.self, Approve.self, Reject.self, Revoke.self, Rename.self, Delete.self,
        ])

    struct Approve: StatusChange {
        static let configuration = CommandConfiguration(abstract: "Lets developers in, and tells them by mail.")
        static let status = "approved"
        @OptionGroup var target: DeveloperTarget
    }

    struct Reject: StatusChange {
        static let configuration = CommandConfiguration(
            abstract: "Refuses developers who wait; they cannot register again until they are approved or deleted.")
        static let status = "rejected"
        @OptionGroup var target: DeveloperTarget
    }

    struct Revoke: StatusChange {
        static let configuration = CommandConfiguration(abstract: "Shuts developers out; every session of theirs ends at once.")
        static let status = "revoked"
        @OptionGroup var target: DeveloperTarget
    }
}
