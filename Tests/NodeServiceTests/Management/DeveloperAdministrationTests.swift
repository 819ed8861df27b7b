import Accounts
import Foundation
import Testing

@Suite("Developers by the management API")
struct DeveloperAdministrationTests {
    @Test("an invited developer sets a password by the mailed link, and logs in")
    func invitation() async throws {
        try await TestNode.with { node in
            let developers = "/v3/portals/\(node.portal.id)/developers"
            let made = try await node.admin(
                .post, developers,
                #"{"email": "Jane@Example.com", "full_name": "Jane Doe", "status": "approved", "send_invitation_email": true}"#)
            #expect(made.status == 201)
            let developer = try made.json()
            #expect(Set(developer.keys) == ["id", "email", "full_name", "status", "created_at", "updated_at"])
            #expect(developer["email"] as? String == "Jane@Example.com")
            #expect(developer["status"] as? String == "approved")
            #expect(try await node.logIn("jane@example.com").status == 401)

            let link = try await #require(node.invitationLink())
            let token = try #require(link.split(separator: "token=").last)
            let body = #"{"token": "\#(token)", "password": "correct horse battery"}"#
            #expect(try await node.portal(.post, "/api/v3/developer/reset-password", body).status == 204)
            #expect(try await node.logIn("jane@example.com").status == 204)
        }
    }

    @Test(
        "without send_invitation_email no mail is written; without a status the portal's setting decides",
        arguments: [true, false])
    func creation(autoApprove: Bool) async throws {
        try await TestNode.with(autoApprove: autoApprove) { node in
            let made = try await node.admin(
                .post, "/v3/portals/\(node.portal.id)/developers", #"{"email": "jane@example.com", "full_name": "Jane"}"#)
            #expect(try made.json()["status"] as? String == (autoApprove ? "approved" : "pending"))
            let link = try await node.invitationLink()
            #expect(link == nil)
        }
    }

    @Test("an address that is taken is 409, whatever its letters")
    func duplicate() async throws {
        try await TestNode.with { node in
            let developers = "/v3/portals/\(node.portal.id)/developers"
            let first = try await node.admin(.post, developers, #"{"email": "jane@example.com", "full_name": "Jane"}"#)
            #expect(first.status == 201)
            let second = try await node.admin(.post, developers, #"{"email": "JANE@example.com", "full_name": "Joan"}"#)
            #expect(second.status == 409)
            #expect(try await node.admin(.get, developers).data("full_name") == ["Jane"])
        }
    }

    @Test(
        "a developer that cannot be is 400, with every wrong field named",
        arguments: [
            (#"{}"#, ["email": "required", "full_name": "required"]),
            (#"{"email": "x", "full_name": ""}"#, ["email": "invalid", "full_name": "required"]),
            (#"{"email": "a@b.example", "full_name": "A\r\nBcc: x"}"#, ["full_name": "invalid"]),
            (#"{"email": "a@b.example", "full_name": "A", "status": "famous"}"#, ["status": "enum"]),
            (
                #"{"email": "a@b.example", "full_name": "A", "send_invitation_email": "yes"}"#,
                ["send_invitation_email": "is_boolean"]
            ),
            (#"{"email": "a@b.example", "full_name": "A", "password": "x"}"#, ["password": "unknown_property"]),
        ])
    func wrong(body: String, rules: [String: String]) async throws {
        try await TestNode.with { node in
            let answer = try await node.admin(.post, "/v3/portals/\(node.portal.id)/developers", body)
            #expect(answer.status == 400)
            #expect(try answer.invalid() == rules)
        }
    }

    @Test("a developer is renamed, and approved in the same request; where the step is refused, the name stays too")
    func update() async throws {
        try await TestNode.with { node in
            let developers = "/v3/portals/\(node.portal.id)/developers"
            let made = try await node.admin(.post, developers, #"{"email": "jane@example.com", "full_name": "Jane"}"#)
            let path = "\(developers)/\(try #require(try made.json()["id"] as? String))"
            let renamed = try await node.admin(.patch, path, #"{"full_name": "Jane Doe"}"#)
            #expect(try renamed.json()["full_name"] as? String == "Jane Doe")
            let refused = try await node.admin(.patch, path, #"{"full_name": "Nobody", "status": "revoked"}"#)
            #expect(refused.status == 409)
            #expect(try await node.admin(.get, path).json()["full_name"] as? String == "Jane Doe")
            let both = try await node.admin(.patch, path, #"{"full_name": "Jane Roe", "status": "approved"}"#).json()
            #expect(both["full_name"] as? String == "Jane Roe")
            #expect(both["status"] as? String == "approved")
            #expect(try await node.admin(.patch, path, #"{"full_name": " "}"#).invalid() == ["full_name": "required"])
            #expect(try await node.admin(.patch, path, "{}").json()["full_name"] as? String == "Jane Roe")
            let log = try await node.auditEntries().map(\.event.action)
            #expect(log.suffix(4) == [.developerCreated, .renamed, .renamed, .developerApproved])
        }
    }
}

extension TestNode {
    /// The link in the one invitation that waits to be mailed; nil where there is none.
    func invitationLink() async throws -> String? {
        let mails = try await store.dueMails(at: SystemClock().now.adding(.seconds(60)), limit: 10)
        let links = mails.compactMap { mail -> String? in
            guard case .invited(_, let link, _) = mail.message.content else { return nil }
            return link
        }
        return links.count == 1 ? links[0] : nil
    }

    func auditEntries() async throws -> [AuditEntry] {
        try await flows.auditLog.entries(matching: AuditFilter(), after: 0, limit: 10_000)
    }
}
