import ArgumentParser
import Foundation
import ManagementClient

extension DevelopersCommand {
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists a portal's developers, by the time of registration.",
            discussion: "Those who have not verified their address yet are left out of --status pending.")

        enum Status: String, ExpressibleByArgument, CaseIterable { case pending, approved, rejected, revoked }

        @OptionGroup var geo: GeoOptions

        @Option(help: "The portal's name, or the first label of its host.")
        var portal: String

        @Option(help: "Only those with this status.")
        var status: Status?

        @Flag(help: "One JSON object a line, as the management API has it.")
        var json = false

        func run() async throws {
            do {
                let client = try geo.client()
                let portal = try await client.portal(named: portal)
                let developers = try await client.developers(of: portal.id, status: status?.rawValue)
                if json { return try printJSON(developers) }
                if developers.isEmpty { return print("no developers") }
                for developer in developers {
                    let status = developer.status.padding(toLength: 9, withPad: " ", startingAt: 0)
                    print(
                        "\(developer.id)  \(status) \(developer.createdAt.prefix(10))  \(developer.email)  \(developer.fullName)")
                }
            } catch let error as ManagementError {
                throw CommandFailure.report(error)
            }
        }

        private func printJSON(_ developers: [RemoteDeveloper]) throws {
            let encoder = JSONEncoder()
            encoder.keyEncodingStrategy = .convertToSnakeCase
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            for developer in developers { print(String(decoding: try encoder.encode(developer), as: UTF8.self)) }
        }
    }
}
