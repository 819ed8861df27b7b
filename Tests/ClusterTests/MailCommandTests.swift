import ChildProcesses
import Foundation
import Testing

@Suite("portolanctl mails", .timeLimit(.minutes(5)))
struct MailCommandTests {
    @Test("a mail that fails is listed with its reason, goes when it is tried again, and not when it was discarded")
    func commands() async throws {
        try await RunningCluster.with(["--geos", "eu"]) { cluster in
            let eu = try cluster.geo("eu")
            func ctl(_ words: String...) async throws -> (status: Int32, output: String) {
                let process = try ChildProcess(
                    Products.path("portolanctl"), words.prefix(2) + ["--api", eu.apiUrl] + words.dropFirst(2),
                    environment: ["PORTOLAN_ADMIN_TOKEN": eu.adminToken])
                let status = await process.end()
                return (status, process.output + process.errors)
            }
            #expect(try await ctl("mails", "list").output.contains("waiting 0, failing 0, dead_letter 0"))

            // A file in the place of the folder: no mail can be delivered.
            let files = FileManager.default
            try? files.moveItem(atPath: eu.maildir, toPath: "\(eu.maildir)-aside")
            #expect(files.createFile(atPath: eu.maildir, contents: nil))
            for name in ["jane", "bo"] {
                let invited = try await ctl(
                    "developers", "invite", "--portal", "acme", "--name", name, "\(name)@example.com")
                #expect(invited.status == 0)
            }
            let list = try await eventually("both mails are in the queue and one has failed") {
                let list = try await ctl("mails", "list", "--portal", "acme").output
                return list.contains("jane@") && list.contains("bo@") && list.contains("the mail folder cannot be written")
                    ? list : nil
            }
            #expect(list.contains("developer-invitation"))
            func id(of name: String) throws -> String {
                String(try #require(list.split(separator: "\n").first { $0.contains("\(name)@") }?.split(separator: " ").first))
            }
            let (jane, bo) = (try id(of: "jane"), try id(of: "bo"))
            let shown = try await ctl("mails", "show", jane)
            #expect(shown.output.contains("jane@example.com") && shown.output.contains("link good until"))
            #expect(!shown.output.contains("token="))

            #expect(try await ctl("mails", "discard", bo).status == 64)
            _ = try await eventually("bo's mail is discarded, when it is not under way") {
                try await ctl("mails", "discard", "--yes", bo).status == 0 ? true : nil
            }
            try files.removeItem(atPath: eu.maildir)
            // On a busy machine the delivery's own next attempt may come first; then there is nothing left to try.
            let retried = try await ctl("mails", "retry", jane)
            #expect(retried.status == 0 || retried.output.contains("404"))
            #expect(try await Mailbox(folder: eu.maildir).mails(to: "jane@example.com").count == 1)
            #expect(try await ctl("mails", "retry", "--all").output.contains("0 dead letters are tried again"))
            #expect(try await ctl("mails", "retry").status == 64)
            let gone = try await ctl("mails", "show", bo)
            #expect(gone.status == 1 && gone.output.contains("404"))
            #expect(try Mailbox(folder: eu.maildir).all().allSatisfy { !$0.contains("bo@example.com") })
            let log = try await ctl("audit", "export").output
            #expect(log.contains(#""action":"mail.discarded""#))
        }
    }
}
