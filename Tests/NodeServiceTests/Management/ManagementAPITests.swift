import Accounts
import Foundation
import HTTPTypes
import Testing

@Suite("The management API")
struct ManagementAPITests {
    @Test("without an admin's token every operation is 401", arguments: ["", "Bearer x", "Basic YTpi", "Bearer ptladm_eu_x"])
    func strangers(authorization: String) async throws {
        try await TestNode.with { node in
            let headers: HTTPFields = authorization.isEmpty ? [:] : [.authorization: authorization]
            for path in ["/v3/portals", "/v3/portals/\(node.portal.id)", "/v3/portals/\(node.portal.id)/developers"] {
                let answer = try await node.send(.get, path, host: TestNode.managementHost, headers: headers)
                #expect(answer.status == 401)
            }
        }
    }

    @Test("an admin's token opens nothing at a portal, and the management API is not at a portal's host")
    func separate() async throws {
        try await TestNode.with { node in
            let me = try await node.portal(.get, "/api/v3/developer/me", cookies: "portalaccesstoken=\(node.adminToken)")
            #expect(me.status == 401)
            let headers: HTTPFields = [.authorization: "Bearer \(node.adminToken)"]
            #expect(try await node.send(.get, "/v3/portals", host: TestNode.portalHost, headers: headers).status == 404)
        }
    }

    @Test("portals are made, listed, read and changed")
    func portals() async throws {
        try await TestNode.with { node in
            let made = try await node.admin(.post, "/v3/portals", #"{"name": "Second Portal", "labels": {"env": "test"}}"#)
            #expect(made.status == 201)
            #expect(try made.json()["default_domain"] as? String == "second-portal.eu.portal.example.com")
            let id = try #require(try made.json()["id"] as? String)
            let list = try await node.admin(.get, "/v3/portals?page%5Bsize%5D=1&page%5Bnumber%5D=2").json()
            #expect((list["data"] as? [[String: Any]])?.map { $0["id"] as? String } == [id])
            let page = try #require((list["meta"] as? [String: Any])?["page"] as? [String: Int])
            #expect(page == ["number": 2, "size": 1, "total": 2])
            let changed = try await node.admin(
                .patch, "/v3/portals/\(id)", #"{"auto_approve_developers": true, "description": null, "labels": {"env": null}}"#)
            #expect(try changed.json()["auto_approve_developers"] as? Bool == true)
            #expect(try changed.json()["labels"] as? [String: String] == [:])
            #expect(try await node.admin(.post, "/v3/portals", #"{"name": "Second Portal"}"#).status == 409)
        }
    }

    @Test(
        "what the contract does not know is 400 and named",
        arguments: [
            (#"{"my_property": 1}"#, ["my_property": "unknown_property"]),
            (#"{"rbac_enabled": "yes"}"#, ["rbac_enabled": "is_boolean"]),
            (#"{"default_api_visibility": "secret"}"#, ["default_api_visibility": "enum"]),
            (#"{"name": ""}"#, ["name": "min_length"]),
        ])
    func wrongInput(body: String, rules: [String: String]) async throws {
        try await TestNode.with { node in
            let answer = try await node.admin(.patch, "/v3/portals/\(node.portal.id)", body)
            #expect(answer.status == 400)
            #expect(try answer.invalid() == rules)
        }
    }

    @Test(
        "a list's query is checked",
        arguments: [
            ("page%5Bsize%5D=x", ["page[size]": "is_number"]), ("page%5Bsize%5D=101", ["page[size]": "max"]),
            ("page%5Bsize%5D=0", ["page[size]": "min"]), ("page%5Bnumber%5D=0", ["page[number]": "min"]),
            ("filter%5Bmy_attribute%5D=1", ["filter[my_attribute]": "unknown_property"]),
            ("filter%5Bstatus%5D%5Beq%5D=x", ["filter[status][eq]": "enum"]),
        ])
    func wrongQuery(query: String, rules: [String: String]) async throws {
        try await TestNode.with { node in
            let answer = try await node.admin(.get, "/v3/portals/\(node.portal.id)/developers?\(query)")
            #expect(answer.status == 400)
            #expect(try answer.invalid() == rules)
        }
    }

    @Test("developers are listed with the contract's fields; the unverified do not clutter the pending ones")
    func developers() async throws {
        try await TestNode.with { node in
            _ = try await node.passwordToken("verified@example.com")
            _ = try await node.portal(.post, "/api/v3/developer", #"{"full_name": "Una", "email": "unverified@example.com"}"#)
            let path = "/v3/portals/\(node.portal.id)/developers"
            let all = try #require(try await node.admin(.get, path).json()["data"] as? [[String: Any]])
            #expect(all.map { $0["email"] as? String } == ["verified@example.com", "unverified@example.com"])
            #expect(Set(all[0].keys) == ["id", "email", "full_name", "status", "created_at", "updated_at"])
            let pending = try await node.admin(.get, "\(path)?filter%5Bstatus%5D%5Beq%5D=pending").json()
            #expect((pending["data"] as? [[String: Any]])?.map { $0["email"] as? String } == ["verified@example.com"])
        }
    }

    @Test("a developer is approved, revoked and deleted; a step that does not exist is 409")
    func lifecycle() async throws {
        try await TestNode.with { node in
            let token = try await node.passwordToken("jane@example.com")
            let password = #"{"token": "\#(token)", "password": "correct horse battery"}"#
            #expect(try await node.portal(.post, "/api/v3/developer/reset-password", password).status == 204)
            let developers = "/v3/portals/\(node.portal.id)/developers"
            let list = try await node.admin(.get, developers).json()
            let id = try #require((list["data"] as? [[String: Any]])?.first?["id"] as? String)
            let path = "\(developers)/\(id)"
            #expect(try await node.admin(.patch, path, #"{"status": "revoked"}"#).status == 409)
            #expect(try await node.admin(.patch, path, #"{"status": "famous"}"#).invalid() == ["status": "enum"])
            #expect(try await node.admin(.patch, path, #"{"status": "approved"}"#).json()["status"] as? String == "approved")
            #expect(try await node.admin(.patch, path, #"{"status": "revoked"}"#).status == 200)
            #expect(try await node.admin(.get, path).json()["status"] as? String == "revoked")
            #expect(try await node.admin(.delete, path).status == 204)
            #expect(try await node.admin(.get, path).status == 404)
            #expect(try await node.admin(.delete, path).status == 404)
            #expect(try await node.admin(.get, "\(developers)/not-an-id").status == 404)
        }
    }

    @Test("an API is made and published; the catalog shows private ones to developers who are logged in only")
    func catalog() async throws {
        try await TestNode.with(autoApprove: true) { node in
            let made = try await node.admin(.post, "/v3/apis", #"{"name": "Payments", "version": "v1", "description": "Pay"}"#)
            #expect(made.status == 201)
            let id = try #require(try made.json()["id"] as? String)
            let publication = "/v3/apis/\(id)/publications/\(node.portal.id)"
            #expect(try await node.admin(.put, publication, #"{"visibility": "private"}"#).status == 200)
            #expect(try await node.portal(.get, "/api/v3/apis").json()["data"] as? [Int] == [])
            let token = try await node.passwordToken("jane@example.com")
            let password = #"{"token": "\#(token)", "password": "correct horse battery"}"#
            _ = try await node.portal(.post, "/api/v3/developer/reset-password", password)
            let body = #"{"username": "jane@example.com", "password": "correct horse battery"}"#
            let logIn = try await node.portal(.post, "/api/v3/developer/authenticate", body)
            let seen = try await node.portal(.get, "/api/v3/apis", cookies: logIn.cookies).json()
            #expect((seen["data"] as? [[String: Any]])?.map { $0["slug"] as? String } == ["payments-v1"])
            #expect(try await node.admin(.put, publication, #"{"visibility": "public"}"#).status == 200)
            #expect((try await node.portal(.get, "/api/v3/apis").json()["data"] as? [[String: Any]])?.count == 1)
        }
    }
}
