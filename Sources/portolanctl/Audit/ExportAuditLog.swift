import ArgumentParser
import Foundation
import NodeService

extension AuditCommand {
    struct Export: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Writes the audit log to standard output, one JSON object a line.",
            discussion: """
                Either on the geo's own machine, with --config, or through its management API, with --api and the token of an owner \
                or approver. An export is an entry of the log itself.

                To go on later, give the sequence of the last line that you have to --after.
                """)

        @Option(help: ArgumentHelp("The configuration of the geo's node.", valueName: "node.yaml"))
        var config: String?

        @Option(help: ArgumentHelp("The address of the geo's management API.", valueName: "url"))
        var api: String?

        @Option(
            help: ArgumentHelp(
                "A file that holds an admin token; without it the token is taken from \(GeoOptions.tokenVariable).",
                valueName: "file"))
        var tokenFile: String?

        @Option(help: ArgumentHelp("The sequence after which to begin.", valueName: "sequence"))
        var after: Int64 = 0

        func validate() throws {
            guard (config == nil) != (api == nil) else {
                throw ValidationError(
                    "expected --config on the geo's machine or --api from elsewhere, found \(api == nil ? "none" : "both")")
            }
            guard after >= 0 else { throw ValidationError("--after: expected 0 or more, found \(after)") }
        }

        func run() async throws {
            if let api {
                try await CommandFailure.reporting {
                    try await GeoOptions.client(api: api, tokenFile: tokenFile).exportAuditLog(after: after, write: Self.write)
                }
            } else if let config {
                try await CommandFailure.reportingOfMachine {
                    try await NodeAdministration.exportAuditLog(configurationFile: config, after: after, write: Self.write)
                }
            }
        }

        private static func write(_ lines: Data) throws { try FileHandle.standardOutput.write(contentsOf: lines) }
    }
}
