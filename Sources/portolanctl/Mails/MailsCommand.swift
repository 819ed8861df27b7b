import ArgumentParser
import Foundation
import ManagementClient

struct MailsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mails", abstract: "Mails of one geo that are not delivered: what waits, what fails, what was given up.",
        discussion: """
            A mail that fails is tried again by itself, later each time, for three days. After that, or where the mail server refuses it \
            for good, it is a dead letter and waits for somebody: mend the cause, then retry it, or discard it. What a mail says and the \
            link in it are shown nowhere. Every retry and every discard is in the audit log.

            Works through the management API of one geo, with an admin token of that geo in PORTOLAN_ADMIN_TOKEN.

            EXAMPLES
              portolanctl mails list --api https://eu.api.example.com --state dead_letter
              portolanctl mails show --api https://eu.api.example.com 0193c0de-0000-8001-8000-00000000abcd
              portolanctl mails retry --api https://eu.api.example.com --all
              portolanctl mails discard --api https://eu.api.example.com --yes 0193c0de-0000-8001-8000-00000000abcd
            """,
        subcommands: [List.self, Show.self, Retry.self, Discard.self])

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Shows how far a mail has come, and why it failed last.",
            discussion: "A mail that was delivered is not found: nothing is kept of it.")

        @OptionGroup var geo: GeoOptions

        @Argument(help: "The mail's id, from: portolanctl mails list")
        var mail: String

        func run() async throws {
            try await CommandFailure.reporting {
                for (name, value) in try await geo.client().mail(mail).facts {
                    print("\(name.padding(toLength: 16, withPad: " ", startingAt: 0))\(value)")
                }
            }
        }
    }

    struct Discard: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Takes mails out of the queue for good; they are not sent.",
            discussion:
                "A mail that is being sent at this moment is refused. A mail to an admin can be discarded by an owner only.")

        @OptionGroup var geo: GeoOptions

        @OptionGroup var confirmation: Confirmation

        @Argument(help: "The mails' ids, from: portolanctl mails list")
        var mails: [String]

        func run() async throws {
            try await CommandFailure.reporting {
                let client = try geo.client()
                for mail in mails {
                    try await client.discardMail(mail)
                    print("\(mail)  discarded")
                }
            }
        }
    }
}

extension RemoteMail {
    /// To whom it goes, for people who read a list.
    fileprivate var recipientText: String { recipient ?? (addressee == "admin" ? "(an admin)" : "(not readable)") }

    /// For people who read a list.
    var line: String {
        let tries = attempts == 1 ? "1 attempt" : "\(attempts) attempts"
        let failure = lastFailure.map { "  \($0)" } ?? ""
        return "\(id)  \(createdAt.prefix(16))Z  \(state)  \(kind ?? "unknown")  \(recipientText)  \(tries)\(failure)"
    }

    /// What is known, by name.
    fileprivate var facts: [(String, String)] {
        [
            ("mail", id), ("kind", kind), ("to", recipientText), ("portal", portalId ?? "(the console)"), ("state", state),
            ("attempts", String(attempts)), ("last failure", lastFailure), ("next attempt", nextAttemptAt),
            ("failed", failedAt), ("link good until", linkExpiresAt), ("written", createdAt),
        ].compactMap { name, value in value.map { (name, $0) } }
    }
}
