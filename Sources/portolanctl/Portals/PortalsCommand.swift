import ArgumentParser
import ManagementClient

struct PortalsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "portals", abstract: "The portals of one geo.",
        discussion: """
            Works through the management API of one geo, with an admin token of that geo in PORTOLAN_ADMIN_TOKEN.

            EXAMPLES
              portolanctl portals create --api https://eu.api.example.com --display-name "Acme Developers" acme
              portolanctl portals list --api https://eu.api.example.com
              portolanctl portals update --api https://eu.api.example.com --auto-approve on acme
              portolanctl portals look set --api https://eu.api.example.com --accent "#0b5f7a" acme
              portolanctl portals delete --api https://eu.api.example.com --yes acme
            """,
        subcommands: [List.self, Create.self, Update.self, Delete.self, PortalLookCommand.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists the geo's portals.")

        @OptionGroup var geo: GeoOptions

        func run() async throws {
            try await CommandFailure.reporting {
                for portal in try await geo.client().portals() { print(PortalsCommand.line(portal)) }
            }
        }
    }

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Makes a portal; its host is made from its name, which is best one lower-case word.")

        @OptionGroup var geo: GeoOptions

        @Option(help: "What developers read; the name where it is left out.")
        var displayName: String?

        @Option(help: "Whether developers get in without an admin.")
        var autoApprove = Switch.off

        @Argument(help: "The portal's name.")
        var name: String

        func run() async throws {
            try await CommandFailure.reporting {
                let portal = try await geo.client().createPortal(
                    name: name, displayName: displayName ?? name, autoApprove: autoApprove == .on)
                print(PortalsCommand.line(portal))
            }
        }
    }

    struct Update: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Changes a portal's settings; developers who wait go on waiting.")

        @OptionGroup var geo: GeoOptions

        @Option(help: "Whether developers get in without an admin.")
        var autoApprove: Switch

        @Argument(help: "The portal's name, or the first label of its host.")
        var name: String

        func run() async throws {
            try await CommandFailure.reporting {
                let client = try geo.client()
                let portal = try await client.portal(named: name)
                print(PortalsCommand.line(try await client.setAutoApprove(autoApprove == .on, of: portal.id)))
            }
        }
    }

    enum Switch: String, ExpressibleByArgument, CaseIterable { case on, off }

    private static func line(_ portal: RemotePortal) -> String {
        "\(portal.id)  \(portal.name)  \(portal.canonicalDomain)  auto-approve \(portal.autoApproveDevelopers ? "on" : "off")"
    }
}
