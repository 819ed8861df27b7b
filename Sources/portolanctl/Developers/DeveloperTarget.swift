import ArgumentParser
import Foundation
import Geography
import ManagementClient

/// The developers that a command is about.
struct DeveloperTarget: ParsableArguments {
    @OptionGroup var geo: GeoOptions

    @Option(help: "The portal's name, or the first label of its host.")
    var portal: String

    @Argument(help: "Ids or e-mail addresses of developers.")
    var developers: [String]

    /// Does something with each developer in turn, and says so; stops at the first that fails.
    func forEach(_ work: (ManagementClient, RemotePortal, _ id: String) async throws -> String) async throws {
        try await CommandFailure.reporting {
            let client = try geo.client()
            let portal = try await client.portal(named: portal)
            for developer in developers {
                print(try await work(client, portal, try await client.id(of: developer, at: portal)))
            }
        }
    }
}

extension ManagementClient {
    /// The id of a developer who is named by id or address.
    ///
    /// - Throws: `ManagementError.noSuchDeveloper`.
    func id(of developer: String, at portal: RemotePortal) async throws -> String {
        if GeoUUID.isUUID(developer) { return developer }
        guard developer.contains("@"), let found = try await self.developer(with: developer, at: portal.id) else {
            throw ManagementError.noSuchDeveloper(developer)
        }
        return found.id
    }
}

extension RemoteDeveloper {
    /// For people who read a list.
    var line: String {
        "\(id)  \(status.padding(toLength: 9, withPad: " ", startingAt: 0)) \(createdAt.prefix(10))  \(email)  \(fullName)"
    }
}
