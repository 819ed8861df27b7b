import ArgumentParser

extension PortalsCommand {
    struct Delete: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Removes a portal with its developers and everything that is theirs.",
            discussion: """
                A portal to which APIs are published goes only with --force. From the first moment on nobody can register or log \
                in there. Where the command is interrupted, run it again: it goes on.
                """)

        @OptionGroup var geo: GeoOptions

        @Flag(help: "Even where APIs are published to it.")
        var force = false

        @OptionGroup var confirmation: Confirmation

        @Argument(help: "The portal's name, or the first label of its host.")
        var name: String

        func run() async throws {
            try await CommandFailure.reporting {
                let client = try geo.client()
                let portal = try await client.portal(named: name)
                try await client.deletePortal(portal.id, force: force)
                print("\(portal.id)  \(portal.name)  deleted")
            }
        }
    }
}
