import Accounts
import AccountsTesting
import Foundation
import HTTPTypes
import Testing

@Suite("Admins and their tokens by the management API")
struct AdminTests {
    @Test("admins are made, listed, read, given another role and deleted")
    func lifecycle() async throws {
        try await TestNode.with { node in
            let made = try await node.admin(.post, "/v3/admins", #"{"email": "ada@example.com", "role": "approver"}"#)
            #expect(made.status == 201)
            #expect(Set(try made.json().keys) == ["id", "email", "role", "created_at", "updated_at"])
            let path = "/v3/admins/\(try #require(try made.json()["id"] as? String))"
            let list = try await node.admin(.get, "/v3/admins?page%5Bsize%5D=1&page%5Bnumber%5D=2")
            #expect(try list.data("email") == ["ada@example.com"])
            #expect(try list.total() == 2)
            #expect(try await node.admin(.post, "/v3/admins", #"{"email": "ADA@example.com", "role": "viewer"}"#).status == 409)
            #expect(try await node.admin(.patch, path, #"{"role": "viewer"}"#).json()["role"] as? String == "viewer")
            #expect(try await node.admin(.get, path).json()["role"] as? String == "viewer")
            #expect(try await node.admin(.delete, path).status == 204)
            #expect(try await node.admin(.get, path).status == 404)
            #expect(try await node.admin(.get, "/v3/admins/nobody").status == 404)
        }
    }

    @Test(
        "an admin that cannot be is 400",
        arguments: [
            ("{}", ["email": "required", "role": "required"]), (#"{"email": "x", "role": "viewer"}"#, ["email": "invalid"]),
            (#"{"email": "a@b.example", "role": "king"}"#, ["role": "enum"]),
            (#"{"email": "a@b.example", "role": "viewer", "token": "x"}"#, ["token": "unknown_property"]),
        ])
    func wrongAdmin(body: String, rules: [String: String]) async throws {
        try await TestNode.with { node in
            let answer = try await node.admin(.post, "/v3/admins", body)
            #expect(answer.status == 400)
            #expect(try answer.invalid() == rules)
        }
    }

    @Test("an admin is sent a link for the console, which stands in the mail only, five times an hour")
    func passwordLink() async throws {
        try await TestNode.with { node in
            let ada = try await node.admin(.post, "/v3/admins", #"{"email": "ada@example.com", "role": "viewer"}"#).json()
            let path = "/v3/admins/\(try #require(ada["id"] as? String))/password-link"
            for _ in 0..<5 {
                let answer = try await node.admin(.post, path)
                #expect(answer.status == 204 && answer.body.isEmpty)
            }
            let more = try await node.admin(.post, path)
            #expect(more.status == 429)
            #expect(more.headers[.retryAfter] == "3600")
            #expect(try more.json()["detail"] as? String == "This was tried too often. Try again in 3600 seconds.")
            let entries = try await node.auditEntries().filter { $0.event.action == .adminLinkMade }
            #expect(entries.count == 5)
            #expect(try await node.admin(.post, "/v3/admins/nobody/password-link").status == 404)
        }
    }

    @Test("a second factor is taken away, by an owner and for whoever has none, too")
    func secondFactor() async throws {
        try await TestNode.with { node in
            let me = try #require(try await node.admin(.get, "/v3/admins/me").json()["id"] as? String)
            #expect(try await node.admin(.delete, "/v3/admins/\(me)/second-factor").status == 204)
            #expect(try await node.admin(.delete, "/v3/admins/nobody/second-factor").status == 404)
        }
    }

    @Test("the last owner stays an owner")
    func lastOwner() async throws {
        try await TestNode.with { node in
            let me = try #require(try await node.admin(.get, "/v3/admins/me").json()["id"] as? String)
            #expect(try await node.admin(.patch, "/v3/admins/\(me)", #"{"role": "viewer"}"#).status == 409)
            #expect(try await node.admin(.delete, "/v3/admins/\(me)").status == 409)
            #expect(try await node.admin(.patch, "/v3/admins/\(me)", "{}").invalid() == ["role": "required"])
        }
    }

    @Test("a token is shown once, tells when it was last used, and opens nothing after its time or its revocation")
    func tokens() async throws {
        let clock = ManualClock()
        try await TestNode.with(clock: clock) { node in
            let admin = try await node.admin(.post, "/v3/admins", #"{"email": "ada@example.com", "role": "viewer"}"#).json()
            let path = "/v3/admins/\(try #require(admin["id"] as? String))/tokens"
            let end = clock.now.adding(.seconds(3600)).iso8601
            let made = try await node.admin(.post, path, #"{"name": "laptop", "expires_at": "\#(end)"}"#)
            #expect(made.status == 201)
            #expect(Set(try made.json().keys) == ["id", "name", "token", "created_at", "expires_at", "last_used_at"])
            #expect(try made.json()["expires_at"] as? String == end)
            let token = try #require(try made.json()["token"] as? String)

            func listed() async throws -> [String: Any] {
                try #require((try await node.admin(.get, path).json()["data"] as? [[String: Any]])?.first)
            }
            let unused = try await listed()
            #expect(Set(unused.keys) == ["id", "name", "created_at", "expires_at", "last_used_at"])
            #expect(unused["last_used_at"] is NSNull)
            #expect(try await node.admin(.get, "/v3/portals", token: token).status == 200)
            #expect(try await listed()["last_used_at"] as? String == clock.now.iso8601)

            clock.advance(by: .seconds(3599))
            #expect(try await node.admin(.get, "/v3/portals", token: token).status == 200)
            clock.advance(by: .seconds(1))
            #expect(try await node.admin(.get, "/v3/portals", token: token).status == 401)

            let second = try await node.admin(.post, path, #"{"name": "for ever"}"#).json()
            #expect(second["expires_at"] is NSNull)
            let lasting = try #require(second["token"] as? String)
            #expect(try await node.admin(.get, "/v3/portals", token: lasting).status == 200)
            let revocation = "\(path)/\(try #require(second["id"] as? String))"
            #expect(try await node.admin(.delete, revocation).status == 204)
            #expect(try await node.admin(.get, "/v3/portals", token: lasting).status == 401)
            #expect(try await node.admin(.delete, revocation).status == 404)
            #expect(try await node.admin(.get, path).data("name") == ["laptop"])
        }
    }

    @Test("a token is revoked only at its own admin's path")
    func foreignToken() async throws {
        try await TestNode.with { node in
            let ada = try await node.admin(.post, "/v3/admins", #"{"email": "ada@example.com", "role": "viewer"}"#).json()
            let bo = try await node.admin(.post, "/v3/admins", #"{"email": "bo@example.com", "role": "viewer"}"#).json()
            let tokens = "/v3/admins/\(try #require(ada["id"] as? String))/tokens"
            let made = try await node.admin(.post, tokens, #"{"name": "laptop"}"#).json()
            let id = try #require(made["id"] as? String)
            #expect(try await node.admin(.delete, "/v3/admins/\(try #require(bo["id"] as? String))/tokens/\(id)").status == 404)
            #expect(try await node.admin(.get, "/v3/portals", token: try #require(made["token"] as? String)).status == 200)
        }
    }

    @Test(
        "a token that cannot be is 400",
        arguments: [
            ("{}", ["name": "required"]), (#"{"name": ""}"#, ["name": "min_length"]),
            (#"{"name": "x", "expires_at": "tomorrow"}"#, ["expires_at": "invalid"]),
            (#"{"name": "x", "expires_at": "2026-02-30T00:00:00Z"}"#, ["expires_at": "invalid"]),
            (#"{"name": "x", "expires_at": "2001-01-01T00:00:00Z"}"#, ["expires_at": "invalid"]),
            (#"{"name": "x", "expires_at": 1}"#, ["expires_at": "is_string"]),
        ])
    func wrongToken(body: String, rules: [String: String]) async throws {
        try await TestNode.with { node in
            let me = try #require(try await node.admin(.get, "/v3/admins/me").json()["id"] as? String)
            let answer = try await node.admin(.post, "/v3/admins/\(me)/tokens", body)
            #expect(answer.status == 400)
            #expect(try answer.invalid() == rules)
        }
    }

    @Test("no admin's token opens a portal, and nothing of a portal's opens the management API")
    func separate() async throws {
        try await TestNode.with(autoApprove: true) { node in
            let token = try await node.passwordToken("jane@example.com")
            let body = #"{"token": "\#(token)", "password": "correct horse battery"}"#
            #expect(try await node.portal(.post, "/api/v3/developer/reset-password", body).status == 204)
            let logIn = try await node.portal(
                .post, "/api/v3/developer/authenticate", #"{"username": "jane@example.com", "password": "correct horse battery"}"#
            )
            let credentials = logIn.cookies.split(separator: "; ").compactMap { $0.split(separator: "=").last.map(String.init) }
            #expect(credentials.count >= 2)
            for credential in credentials + [token] {
                #expect(try await node.admin(.get, "/v3/admins/me", token: credential).status == 401)
            }
            for method in [HTTPRequest.Method.get, .patch, .delete] {
                let answer = try await node.send(
                    method, "/api/v3/developer/me", host: TestNode.portalHost,
                    headers: [
                        .authorization: "Bearer \(node.adminToken)",
                        .cookie: "portalaccesstoken=\(node.adminToken); portalrefreshtoken=\(node.adminToken)",
                    ])
                #expect([401, 403, 405].contains(answer.status), "\(method)")
            }
            let refresh = try await node.portal(
                .post, "/api/v3/developer/refresh", cookies: "portalrefreshtoken=\(node.adminToken)")
            #expect(refresh.status == 401)
        }
    }
}
