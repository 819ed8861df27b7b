import ArgumentParser
import ManagementClient

/// The admin that a command is about.
struct AdminTarget: ParsableArguments {
    @OptionGroup var geo: GeoOptions

    @Argument(help: "The admin's id or e-mail address.")
    var admin: String

    /// Finds the admin and does something with them.
    func find(_ work: (ManagementClient, RemoteAdmin) async throws -> Void) async throws {
        try await CommandFailure.reporting {
            let client = try geo.client()
            try await work(client, try await client.admin(named: admin))
        }
    }
}
