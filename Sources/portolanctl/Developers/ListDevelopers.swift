import ArgumentParser
import Foundation
import ManagementClient

extension DevelopersCommand {
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists a portal's developers, by the time of registration.",
            discussion: """
                Several conditions are taken together. Texts are found anywhere in an address or a name, in upper or lower case; in \
                portals of more than 10,000 developers they need at least three characters. Those who have not verified their \
                address yet are left out where --status is given.

                EXAMPLES
                  portolanctl developers list --api https://eu.api.example.com --portal acme --status pending
                  portolanctl developers list --api https://eu.api.example.com --portal acme --email @example.com --sort "name desc"
                """)

        @OptionGroup var geo: GeoOptions

        @Option(help: "The portal's name, or the first label of its host.")
        var portal: String

        @Option(help: "Only those with this status.")
        var status: DeveloperStatusName?

        @Option(help: ArgumentHelp("Only those in whose address this stands.", valueName: "text"))
        var email: String?

        @Option(help: ArgumentHelp("Only those in whose name this stands.", valueName: "text"))
        var name: String?

        @Option(
            help: ArgumentHelp(
                "In which order: created_at, updated_at, email, name or status; \"name desc\" for the reverse.",
                valueName: "attribute"))
        var sort: String?

        @Flag(help: "One JSON object a line, as the management API has it.")
        var json = false

        func run() async throws {
            try await CommandFailure.reporting {
                let client = try geo.client()
                let portal = try await client.portal(named: portal)
                var search = ManagementClient.DeveloperSearch()
                (search.status, search.email, search.name, search.sort) = (status?.rawValue, email, name, sort)
                let developers = try await client.developers(of: portal.id, matching: search)
                if json { return try printJSON(developers) }
                if developers.isEmpty { return print("no developers") }
                for developer in developers { print(developer.line) }
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

/// The words of the contract's `DeveloperStatus`.
enum DeveloperStatusName: String, ExpressibleByArgument, CaseIterable { case pending, approved, rejected, revoked }
