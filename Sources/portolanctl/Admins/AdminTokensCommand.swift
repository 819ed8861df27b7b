import ArgumentParser
import Foundation
import ManagementClient

struct AdminTokensCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tokens", abstract: "Tokens that open the management API of one geo.",
        subcommands: [List.self, Create.self, Revoke.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists an admin's tokens: since when, until when, when last used, what for.")

        @OptionGroup var target: AdminTarget

        func run() async throws {
            try await target.find { client, admin in
                for token in try await client.tokens(of: admin.id) { print(token.line) }
            }
        }
    }

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Makes a token, shown once; the geo's store keeps only its hash.",
            discussion: """
                Prints the token and nothing else, so that it can be kept in a file or a secret store.

                EXAMPLE
                  portolanctl admins tokens create --api https://eu.api.example.com --name ci --days 90 ada@example.com > token
                """)

        @OptionGroup var target: AdminTarget

        @Option(help: "What the token is for.")
        var name: String

        @Option(help: ArgumentHelp("After so many days it opens nothing any more.", valueName: "1-3650"))
        var days: Int?

        @Option(help: ArgumentHelp("The moment from which on it opens nothing, such as 2026-12-31T00:00:00Z.", valueName: "time"))
        var expires: String?

        func validate() throws {
            if let days, !(1...3650).contains(days) { throw ValidationError("--days: expected 1 to 3650, found \(days)") }
            guard days == nil || expires == nil else { throw ValidationError("expected --days or --expires, found both") }
        }

        func run() async throws {
            try await target.find { client, admin in
                let token = try await client.createToken(for: admin.id, name: name, expiresAt: expires ?? expiryByDays)
                guard let text = token.token else { throw ManagementError.notUnderstood }
                print(text)
            }
        }

        private var expiryByDays: String? {
            days.map { Date(timeIntervalSinceNow: Double($0) * 86_400).formatted(.iso8601) }
        }
    }

    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Ends a token at once.")

        @OptionGroup var target: AdminTarget

        @Argument(help: "The token's id, from: portolanctl admins tokens list")
        var token: String

        func run() async throws {
            try await target.find { client, admin in
                try await client.revokeToken(token, of: admin.id)
                print("\(token)  revoked")
            }
        }
    }
}

extension RemoteAdminToken {
    /// For people who read a list.
    fileprivate var line: String {
        let until = expiresAt.map { "until \($0)" } ?? "until revoked"
        let use = lastUsedAt.map { "last used \($0)" } ?? "never used"
        return "\(id)  \(createdAt.prefix(10))  \(until)  \(use)  \(name)"
    }
}
