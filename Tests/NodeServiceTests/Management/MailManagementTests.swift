import Accounts
import Foundation
import Testing

@Suite("The queue of mails by the management API")
struct MailManagementTests {
    /// A developer's mail and an admin's, both dead letters.
    private static func deadLetters(on node: TestNode) async throws -> (developer: String, admin: String) {
        let moment = Timestamp(milliseconds: .max)
        try await node.flows.registration.register(fullName: "Jane Doe", email: "jane@example.com", at: node.portal)
        let other = try await node.flows.admins.create(email: "other@example.com", role: .approver, by: .operator)
        try await node.flows.console.mailLink(to: other.id, by: .operator)
        let due = try await node.store.dueMails(at: moment, limit: 10)
        for mail in due { try await node.store.mailFailed(mail.id, at: SystemClock().now, problem: "RCPT was answered with 550") }
        return (
            "\(try #require(due.first { $0.recipient.value == "jane@example.com" }).id)",
            "\(try #require(due.first { $0.recipient.value == "other@example.com" }).id)"
        )
    }

    @Test("a mail is listed and read with all but what it says; its link, its text and its name stand nowhere")
    func list() async throws {
        try await TestNode.with { node in
            let mails = try await Self.deadLetters(on: node)
            let list = try await node.admin(.get, "/v3/mails")
            #expect(list.status == 200)
            #expect(try list.data("id") == [mails.admin, mails.developer])
            #expect(try list.data("kind") == ["console-password", "confirm-email-address"])
            #expect(try list.data("recipient") == ["other@example.com", "jane@example.com"])
            #expect(try list.total() == 2)
            let states = (try list.json()["meta"] as? [String: Any])?["states"] as? [String: Int]
            #expect(states == ["waiting": 0, "failing": 0, "dead_letter": 2])
            let one = try await node.admin(.get, "/v3/mails/\(mails.developer)")
            let mail = try one.json()
            #expect(mail["state"] as? String == "dead_letter" && mail["attempts"] as? Int == 1)
            #expect(mail["last_failure"] as? String == "RCPT was answered with 550")
            #expect(mail["portal_id"] as? String == "\(node.portal.id)" && mail["next_attempt_at"] is NSNull)
            #expect(mail["link_expires_at"] is String && mail["failed_at"] is String)
            for answer in [list, one] { #expect(!answer.body.contains("token") && !answer.body.contains("Jane Doe")) }
        }
    }

    @Test("the list is filtered, sorted and refused by the rules of lists")
    func filters() async throws {
        try await TestNode.with { node in
            let mails = try await Self.deadLetters(on: node)
            for (query, ids) in [
                ("sort=created_at", [mails.developer, mails.admin]), ("sort=created_at%20desc", [mails.admin, mails.developer]),
                ("filter[kind][eq]=console-password", [mails.admin]), ("filter[state][eq]=waiting", []),
                ("filter[portal_id][eq]=\(node.portal.id)", [mails.developer]),
                ("page[size]=1&page[number]=2", [mails.developer]),
            ] {
                #expect(try await node.admin(.get, "/v3/mails?\(query)").data("id") == ids, "\(query)")
            }
            let wrong = try await node.admin(
                .get, "/v3/mails?filter[state][eq]=sent&filter[kind][eq]=x&filter[portal_id][eq]=1&sort=id&q=1")
            #expect(wrong.status == 400)
            #expect(
                Set(try wrong.invalid().keys)
                    == ["filter[state][eq]", "filter[kind][eq]", "filter[portal_id][eq]", "sort", "q"])
        }
    }

    @Test("an approver does not see other admins' addresses, and takes only developers' mails away")
    func approver() async throws {
        try await TestNode.with { node in
            let mails = try await Self.deadLetters(on: node)
            let token = try await node.flows.admins.createToken(for: "ann@example.com", named: "t", role: .approver).value
            let list = try await node.admin(.get, "/v3/mails", token: token)
            #expect(!list.body.contains("other@example.com") && list.body.contains("jane@example.com"))
            #expect(try await node.admin(.delete, "/v3/mails/\(mails.admin)", token: token).status == 403)
            #expect(try await node.admin(.delete, "/v3/mails/\(mails.developer)", token: token).status == 204)
            #expect(try await node.admin(.delete, "/v3/mails/\(mails.developer)", token: token).status == 404)
            #expect(try await node.admin(.get, "/v3/mails/\(mails.admin)").status == 200)
        }
    }

    @Test("a retried mail is due, once; all dead letters are, of one kind where that is asked for; the audit log tells of each")
    func retry() async throws {
        try await TestNode.with { node in
            let mails = try await Self.deadLetters(on: node)
            for _ in 0..<2 {
                let answer = try await node.admin(.post, "/v3/mails/\(mails.developer)/retry")
                #expect(answer.status == 200)
                #expect(try answer.json()["state"] as? String == "waiting")
            }
            let none = try await node.admin(.post, "/v3/mails/retry?filter[kind][eq]=reset-password")
            #expect(try none.json()["retried"] as? Int == 0)
            let all = try await node.admin(.post, "/v3/mails/retry")
            #expect(try all.json()["retried"] as? Int == 1)
            #expect(try await node.store.dueMails(at: SystemClock().now, limit: 10).count == 2)
            let entries = try await node.auditEntries().map(\.event).filter { $0.action == .mailRetried }
            #expect(entries.map(\.subject) == [mails.developer, mails.admin])
            #expect(try await node.admin(.post, "/v3/mails/\(node.portal.id)/retry").status == 404)
        }
    }

    @Test("a portal's sender is made, changed and taken away by the contract's operations")
    func sender() async throws {
        var policy = AccountPolicy()
        policy.mailSenderDomains = try #require(MailSenderDomains(["acme.example"]))
        try await TestNode.with(policy: policy) { node in
            let path = "/v3/portals/\(node.portal.id)/email-config"
            #expect(try await node.admin(.get, path).status == 404)
            #expect(try await node.admin(.patch, path, "{}").status == 404)
            let made = try await node.admin(
                .post, path, #"{"from_name": "Acme", "from_email": "dev@acme.example", "domain_name": "acme.example"}"#)
            #expect(made.status == 201)
            #expect(try made.json()["reply_to_email"] is NSNull)
            #expect(try await node.admin(.post, path, "{}").status == 409)
            let changed = try await node.admin(.patch, path, #"{"from_name": null, "reply_to_email": "help@acme.example"}"#)
            #expect(try changed.json()["from_name"] is NSNull)
            #expect(try changed.json()["domain_name"] as? String == "acme.example")
            #expect(try await node.admin(.get, path).body == changed.body)
            let wrong = try await node.admin(
                .patch, path, #"{"from_name": "a@b", "from_email": "ceo@bank.example", "reply_to_email": 7}"#)
            #expect(wrong.status == 400)
            let foreign = try await node.admin(.patch, path, #"{"from_name": "a@b", "from_email": "ceo@bank.example"}"#)
            #expect(try foreign.invalid() == ["from_name": "invalid", "from_email": "invalid"])
            #expect(try await node.admin(.delete, path).status == 204)
            #expect(try await node.admin(.delete, path).status == 404)
        }
    }
}
