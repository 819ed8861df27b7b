import ArgumentParser
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
        do {
            let client = try geo.client()
            let portal = try await client.portal(named: portal)
            for developer in developers {
                let id = try await id(of: developer, at: portal, client: client)
                print(try await work(client, portal, id))
            }
        } catch let error as ManagementError {
            throw CommandFailure.report(error)
        }
    }

    private func id(of developer: String, at portal: RemotePortal, client: ManagementClient) async throws -> String {
        guard developer.contains("@") else {
            guard GeoUUID.isUUID(developer) else { throw ManagementError.noSuchDeveloper(developer) }
            return developer
        }
        let wanted = developer.lowercased()
        let all = try await client.developers(of: portal.id)
        guard let found = all.first(where: { $0.email.lowercased() == wanted }) else {
            throw ManagementError.noSuchDeveloper(developer)
        }
        return found.id
    }
}
