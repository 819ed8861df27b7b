import ArgumentParser

extension DevelopersCommand {
    struct Rename: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Gives a developer another name.")

        @OptionGroup var geo: GeoOptions

        @Option(help: "The portal's name, or the first label of its host.")
        var portal: String

        @Option(help: ArgumentHelp("The new name.", valueName: "full name"))
        var name: String

        @Argument(help: "The id or e-mail address of the developer.")
        var developer: String

        func run() async throws {
            try await CommandFailure.reporting {
                let client = try geo.client()
                let portal = try await client.portal(named: portal)
                let id = try await client.id(of: developer, at: portal)
                print(try await client.setName(name, of: id, at: portal.id).line)
            }
        }
    }
}
