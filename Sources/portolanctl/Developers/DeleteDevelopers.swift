import ArgumentParser

extension DevelopersCommand {
    struct Delete: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Removes developers with everything that they own; they may register again.")

        @OptionGroup var target: DeveloperTarget

        @OptionGroup var confirmation: Confirmation

        func run() async throws {
            try await target.forEach { client, portal, id in
                try await client.deleteDeveloper(id, at: portal.id)
                return "\(id)  deleted"
            }
        }
    }
}
