import ArgumentParser
import Foundation
import ManagementClient

extension MailsCommand {
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists mails that are not delivered, the newest first.",
            discussion: """
                Each line: id, when it was written, its state, its kind, to whom it goes, how often it was tried, why it failed last. \
                The last line counts the mails by state.

                EXAMPLES
                  portolanctl mails list --api https://eu.api.example.com --state dead_letter
                  portolanctl mails list --api https://eu.api.example.com --portal acme --kind reset-password --json
                """)

        @OptionGroup var geo: GeoOptions

        @OptionGroup var place: MailPlace

        @Option(help: "Only those in this state.")
        var state: MailStateName?

        @Option(help: ArgumentHelp("The most mails that are listed.", valueName: "1-10000"))
        var limit = 100

        @Flag(help: "One JSON object a line, as the management API has it.")
        var json = false

        func validate() throws {
            guard (1...10_000).contains(limit) else { throw ValidationError("--limit: expected 1 to 10000, found \(limit)") }
        }

        func run() async throws {
            try await CommandFailure.reporting {
                let client = try geo.client()
                var search = try await place.search(with: client)
                search.state = state?.rawValue
                let found = try await client.mails(matching: search, limit: limit)
                if json { return try printJSON(found.mails) }
                for mail in found.mails { print(mail.line) }
                print(MailStateName.allCases.map { "\($0.rawValue) \(found.states[$0.rawValue] ?? 0)" }.joined(separator: ", "))
            }
        }

        private func printJSON(_ mails: [RemoteMail]) throws {
            let encoder = JSONEncoder()
            encoder.keyEncodingStrategy = .convertToSnakeCase
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            for mail in mails { print(String(decoding: try encoder.encode(mail), as: UTF8.self)) }
        }
    }

    struct Retry: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Tries mails now; dead letters as if they were new.",
            discussion: """
                Name mails by their ids, or say --all for every dead letter, perhaps of one portal or kind. A link that has expired \
                stays expired: whoever follows it is offered a new one.

                EXAMPLES
                  portolanctl mails retry --api https://eu.api.example.com --all
                  portolanctl mails retry --api https://eu.api.example.com --all --portal acme
                  portolanctl mails retry --api https://eu.api.example.com 0193c0de-0000-8001-8000-00000000abcd
                """)

        @OptionGroup var geo: GeoOptions

        @OptionGroup var place: MailPlace

        @Flag(help: "Every dead letter.")
        var all = false

        @Argument(help: "The mails' ids, from: portolanctl mails list")
        var mails: [String] = []

        func validate() throws {
            guard all == mails.isEmpty else { throw ValidationError("expected the ids of mails, or --all for every dead letter") }
            guard all || (place.portal == nil && place.kind == nil) else {
                throw ValidationError("--portal and --kind go with --all only")
            }
        }

        func run() async throws {
            try await CommandFailure.reporting {
                let client = try geo.client()
                if all {
                    let count = try await client.retryDeadLetters(matching: place.search(with: client))
                    return print(count == 1 ? "1 dead letter is tried again" : "\(count) dead letters are tried again")
                }
                for mail in mails { print(try await client.retryMail(mail).line) }
            }
        }
    }
}

/// Of which portal and of which kind.
struct MailPlace: ParsableArguments {
    @Option(help: "Only those of this portal: its name, or the first label of its host.")
    var portal: String?

    @Option(
        help: ArgumentHelp("Only those of this kind, such as confirm-email-address or reset-password.", valueName: "kind"))
    var kind: String?

    func search(with client: ManagementClient) async throws -> ManagementClient.MailSearch {
        var search = ManagementClient.MailSearch(kind: kind)
        if let portal { search.portal = try await client.portal(named: portal).id }
        return search
    }
}

/// The words of the management API's `MailState`.
enum MailStateName: String, ExpressibleByArgument, CaseIterable {
    case waiting, failing
    case deadLetter = "dead_letter"
}
