import ArgumentParser

extension DevelopersCommand {
    struct Delete: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Removes developers with everything that they own; they may register again.")

        @OptionGroup var target: DeveloperTarget

        @Flag(help: "Confirm it: what is deleted does not come back.")
        var yes = false

        func validate() throws {
            guard yes else { throw ValidationError("this cannot be undone; repeat the command with --yes") }
        }

        func run() async throws {
            try await target.forEach { client, portal, id in
                try await client.deleteDeveloper(id, at: portal.id)
                return "\(id)  deleted"
            }
        }
    }
}
