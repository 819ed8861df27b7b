import ArgumentParser
import Foundation
import ManagementClient

extension APIsCommand {
    struct Publish: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Publishes an OpenAPI document to a portal.",
            discussion: """
                Name and version are the document's where they are not given. With the --slug of an API that is there, its \
                document is replaced; otherwise an API is made.
                """)

        @OptionGroup var geo: GeoOptions

        @Option(help: "The portal's name, or the first label of its host.")
        var portal: String

        @Option(help: "Who sees it there: public or private; the portal's default, or as it is.")
        var visibility: Visibility?

        @Option(help: "What the API is called in addresses.")
        var slug: String?

        @Option(help: "The API's version.")
        var version: String?

        @Argument(help: ArgumentHelp("OpenAPI 3.0 or 3.1, in JSON or YAML.", valueName: "file"))
        var file: String

        enum Visibility: String, ExpressibleByArgument, CaseIterable { case `public`, `private` }

        func run() async throws {
            try await CommandFailure.reporting {
                guard let document = try? String(contentsOfFile: file, encoding: .utf8) else {
                    throw CommandFailure.report("expected a readable file in UTF-8 at \(file)", code: CommandFailure.usage)
                }
                let client = try geo.client()
                let portal = try await client.portal(named: portal)
                let published = try await api(with: document, through: client)
                let publication = try await client.publish(
                    published.id, to: portal.id, visibility: visibility?.rawValue)
                print("\(published.line)  \(publication.visibility) at \(portal.name)")
            }
        }

        /// The API that is there by the slug with its new document, or a new one.
        private func api(with document: String, through client: ManagementClient) async throws -> RemoteAPI {
            guard let slug, let known = try await client.api(withSlug: slug) else {
                return try await client.createAPI(version: version, slug: slug, document: document)
            }
            try await client.setDocument(document, version: version, of: known)
            return try await client.api(withSlug: slug) ?? known
        }
    }
}
