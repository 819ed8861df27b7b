import ArgumentParser
import ManagementClient

struct APIsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "apis", abstract: "The APIs of one geo, and the portals that show them.",
        discussion: """
            Works through the management API of one geo, with an admin token of that geo in PORTOLAN_ADMIN_TOKEN.

            EXAMPLES
              portolanctl apis publish --api https://eu.api.example.com --portal acme --visibility public ships.yaml
              portolanctl apis publish --api https://eu.api.example.com --portal acme --slug ships --version v2 ships.yaml
              portolanctl apis list --api https://eu.api.example.com --portal acme
              portolanctl apis unpublish --api https://eu.api.example.com --portal acme ships
              portolanctl apis delete --api https://eu.api.example.com --yes ships
            """,
        subcommands: [List.self, Publish.self, Unpublish.self, Delete.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists the geo's APIs, or those of one portal.")

        @OptionGroup var geo: GeoOptions

        @Option(help: "The portal's name, or the first label of its host.")
        var portal: String?

        func run() async throws {
            try await CommandFailure.reporting {
                let client = try geo.client()
                let apis = try await client.apis()
                guard let portal else { return apis.forEach { print($0.line) } }
                let found = try await client.publications(at: try await client.portal(named: portal).id)
                let visibilities = Dictionary(found.map { ($0.apiId, $0.visibility) }) { first, _ in first }
                for api in apis {
                    if let visibility = visibilities[api.id] { print("\(api.line)  \(visibility)") }
                }
            }
        }
    }

    struct Unpublish: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Takes an API off a portal; the API stays.")

        @OptionGroup var geo: GeoOptions

        @Option(help: "The portal's name, or the first label of its host.")
        var portal: String

        @Argument(help: "The API's slug or id.")
        var name: String

        func run() async throws {
            try await CommandFailure.reporting {
                let client = try geo.client()
                let portal = try await client.portal(named: portal)
                let found = try await client.api(named: name)
                try await client.unpublish(found.id, from: portal.id)
                print("\(found.line)  unpublished from \(portal.name)")
            }
        }
    }

    struct Delete: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Removes an API with its document, from every portal.")

        @OptionGroup var geo: GeoOptions

        @OptionGroup var confirmation: Confirmation

        @Argument(help: "The API's slug or id.")
        var name: String

        func run() async throws {
            try await CommandFailure.reporting {
                let client = try geo.client()
                let found = try await client.api(named: name)
                try await client.deleteAPI(found.id)
                print("\(found.line)  deleted")
            }
        }
    }
}

extension RemoteAPI {
    /// For people who read a list.
    var line: String { [id, slug, name, version ?? "-"].joined(separator: "  ") }
}
