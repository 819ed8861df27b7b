import Accounts
import ArgumentParser
import Foundation
import NodeService

extension AuditCommand {
    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Finds out whether an entry was removed, altered or put elsewhere.",
            discussion: """
                Runs on the geo's own machine, as the user who owns the data folder, also beside the running node. Prints the \
                number of entries and the log's end as SEQUENCE:HASH; exits with 1 and says which entry is wrong where the log is \
                not whole.

                Whoever can write the store could write all of the log anew, so that it looks whole. Keep the end that this command \
                prints, or that the node notes in its own log (audit_log), somewhere else, and show it later with --noted.

                EXAMPLES
                  portolanctl audit verify --config /etc/portolan/node.yaml
                  portolanctl audit verify --config /etc/portolan/node.yaml --noted 1200:6f1b…
                """)

        /// How many entries are gone through between two lines about it.
        private static let entriesPerReport: Int64 = 100_000

        @Option(help: ArgumentHelp("The configuration of the geo's node.", valueName: "node.yaml"))
        var config: String

        @Option(
            help: ArgumentHelp("The log's end at an earlier time.", valueName: "SEQUENCE:HASH"), transform: AuditHead.init(noted:)
        )
        var noted: AuditHead?

        func run() async throws {
            try await CommandFailure.reportingOfMachine {
                let head = try await NodeAdministration.verifyAuditLog(
                    configurationFile: config, noted: noted, progress: Self.report)
                print("The audit log is whole: \(head.sequence) entries.\n\(head.sequence):\(head.hexHash)")
            }
        }

        private static func report(_ entries: Int64) {
            guard entries > 0, entries.isMultiple(of: entriesPerReport) else { return }
            FileHandle.standardError.write(Data("portolanctl: \(entries) entries so far\n".utf8))
        }
    }
}

extension AuditHead {
    /// Reads what `audit verify` printed.
    fileprivate init(noted text: String) throws {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let sequence = Int64(parts[0]), sequence > 0, let hash = Hexadecimal.bytes(parts[1]),
            hash.count == 32
        else {
            throw ValidationError("expected SEQUENCE:HASH as audit verify prints it, found \"\(text)\"")
        }
        self.init(sequence: sequence, hash: hash)
    }
}
