import ChildProcesses
import Foundation
import Testing

@Suite("portolanctl through the management API", .timeLimit(.minutes(5)))
struct ManagementCommandTests {
    @Test("developers are invited, found, renamed; admins get roles and tokens; a portal goes; the log tells of it all")
    func commands() async throws {
        try await RunningCluster.with(["--geos", "eu"]) { cluster in
            let eu = try cluster.geo("eu")
            let ctl = Operator(api: eu.apiUrl, token: eu.adminToken)

            let invited = try await ctl.run(
                "developers", "invite", "--portal", "acme", "--name", "Jane Doe", "--status", "approved", "jane@example.com")
            #expect(invited.status == 0)
            #expect(try await Mailbox(folder: eu.maildir).mails(to: "jane@example.com").count == 1)
            let created = try await ctl.run("developers", "create", "--portal", "acme", "--name", "Bo", "bo@example.com")
            #expect(created.output.contains("pending"))
            let again = try await ctl.run("developers", "create", "--portal", "acme", "--name", "Bo", "BO@example.com")
            #expect(again.status == 1)
            #expect(again.errors.contains("There is a developer with this address already"))
            let renamed = try await ctl.run("developers", "rename", "--portal", "acme", "--name", "Bo Peep", "bo@example.com")
            #expect(renamed.output.contains("Bo Peep"))
            let found = try await ctl.run("developers", "list", "--portal", "acme", "--name", "doe", "--email", "@EXAMPLE")
            #expect(found.output.split(separator: "\n").count == 1)
            let sorted = try await ctl.run("developers", "list", "--portal", "acme", "--sort", "name desc", "--json")
            #expect(sorted.output.split(separator: "\n").map { $0.contains("Jane") } == [true, false])
            let wrong = try await ctl.run("developers", "list", "--portal", "acme", "--sort", "shoe size")
            #expect(wrong.status == 1)
            #expect(wrong.errors.contains("sort must be one of [created_at, updated_at, email, name, status]"))

            let admin = try await ctl.run("admins", "create", "--role", "viewer", "ada@example.com")
            #expect(admin.output.contains("viewer"))
            let token = try await ctl.run("admins", "tokens", "create", "--name", "laptop", "--days", "1", "ada@example.com")
            #expect(token.status == 0)
            let ada = Operator(api: eu.apiUrl, token: token.output.trimmingCharacters(in: .whitespacesAndNewlines))
            #expect(try await ada.run("admins", "me").output.contains("ada@example.com"))
            let refused = try await ada.run("developers", "approve", "--portal", "acme", "bo@example.com")
            #expect(refused.status == 1)
            #expect(refused.errors.contains("owner or approver"))
            #expect(try await ctl.run("admins", "role", "ada@example.com", "approver").output.contains("approver"))
            #expect(try await ada.run("developers", "approve", "--portal", "acme", "bo@example.com").status == 0)
            let tokens = try await ctl.run("admins", "tokens", "list", "ada@example.com")
            #expect(tokens.output.contains("laptop") && tokens.output.contains("last used"))
            let id = String(try #require(tokens.output.split(separator: " ").first))
            #expect(try await ctl.run("admins", "tokens", "revoke", "ada@example.com", id).status == 0)
            let revoked = try await ada.run("admins", "me")
            #expect(revoked.errors.contains("the token was refused (401)"))
            let link = try await ctl.run("admins", "link", "ada@example.com")
            #expect(link.output.contains("a link to choose a password is on its way"))
            #expect(try await ctl.run("admins", "reset-second-factor", "ada@example.com").status == 64)
            let reset = try await ctl.run("admins", "reset-second-factor", "--yes", "ada@example.com")
            #expect(reset.output.contains("sets up a new second factor at the next log-in"))
            #expect(try await ctl.run("admins", "delete", "--yes", "ada@example.com").status == 0)
            #expect(try await ctl.run("admins", "list").output.split(separator: "\n").count == 1)

            let unsure = try await ctl.run("portals", "delete", "acme")
            #expect(unsure.status == 64)
            let published = try await ctl.run("portals", "delete", "--yes", "acme")
            #expect(published.status == 1)
            #expect(published.errors.contains("APIs are published"))
            #expect(try await ctl.run("portals", "delete", "--yes", "--force", "acme").status == 0)

            let log = try await ctl.run("audit", "export").output.split(separator: "\n")
            #expect(log.last?.contains("audit_log.exported") == true)
            #expect(log.contains { $0.contains(#""action":"portal.deleted""#) })
            let configuration = try #require(eu.node.command.last { $0.hasSuffix(".yaml") })
            let verify = try ChildProcess(Products.path("portolanctl"), ["audit", "verify", "--config", configuration])
            #expect(await verify.end() == 0)
            #expect(verify.output.contains("whole: \(log.count) entries"))
        }
    }
}

/// Somebody with a token of one geo.
private struct Operator {
    let api: String
    let token: String

    func run(_ words: String...) async throws -> (status: Int32, output: String, errors: String) {
        let commands = words.prefix(words.first == "admins" && words.dropFirst().first == "tokens" ? 3 : 2)
        let process = try ChildProcess(
            Products.path("portolanctl"), commands + ["--api", api] + words.dropFirst(commands.count),
            environment: ["PORTOLAN_ADMIN_TOKEN": token])
        let status = await process.end()
        return (status, process.output, process.errors)
    }
}
