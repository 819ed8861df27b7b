import Accounts
import Foundation
import HTTPTypes
import Testing

@Suite("The Portal API")
struct PortalAPITests {
    static let operations = [
        "developer", "developer/verify-email", "developer/reset-password", "developer/forgot-password", "developer/authenticate",
    ]

    @Test(
        "every missing, wrong or unknown property of a registration is named",
        arguments: [
            ("{}", ["full_name": "required", "email": "required"]),
            (#"{"full_name": 7, "email": true}"#, ["full_name": "is_string", "email": "is_string"]),
            (#"{"full_name": "Jane", "email": "jane@example.com", "colour": "blue"}"#, ["colour": "unknown_property"]),
            (#"{"full_name": "", "email": "jane"}"#, ["full_name": "required", "email": "invalid"]),
            (#"{"full_name": "Jane", "email": null}"#, ["email": "is_string"]),
            ("[]", ["body": "is_object"]), ("", ["body": "is_object"]), ("{\"full_name\"", ["body": "is_object"]),
        ])
    func wrongInput(body: String, rules: [String: String]) async throws {
        try await TestNode.with { node in
            let answer = try await node.portal(.post, "/api/v3/developer", body)
            #expect(answer.status == 400)
            #expect(answer.headers[.contentType] == "application/problem+json")
            #expect(try answer.invalid() == rules)
            #expect(try await node.admin(.get, "/v3/portals/\(node.portal.id)/developers").json()["data"] as? [Int] == [])
        }
    }

    @Test("a body of another type is 415, one that is too large 413, bytes that are no UTF-8 400", arguments: operations)
    func wrongBodies(operation: String) async throws {
        try await TestNode.with { node in
            let path = "/api/v3/\(operation)"
            let form = try await node.send(
                .post, path, host: TestNode.portalHost, headers: [.contentType: "application/x-www-form-urlencoded"], body: "a=b")
            #expect(form.status == 415)
            let untyped = try await node.send(.post, path, host: TestNode.portalHost, body: "{}")
            #expect(untyped.status == 415)
            let large = #"{"email": "\#(String(repeating: "x", count: 64 * 1024))"}"#
            #expect(try await node.portal(.post, path, large).status == 413)
            let wrongBytes = try await node.send(
                .post, path, host: TestNode.portalHost, headers: [.contentType: "application/json"],
                bytes: Array(#"{"email": ""#.utf8) + [0xFF] + Array(#""}"#.utf8))
            #expect(wrongBytes.status == 400)
            #expect(try wrongBytes.invalid() == ["body": "is_object"])
        }
    }

    @Test("a token is 400 where it is no UUID, 404 where nobody knows it, 410 where it was used")
    func tokens() async throws {
        try await TestNode.with { node in
            let path = "/api/v3/developer/verify-email"
            let noUUID = try await node.portal(.post, path, #"{"token": "abc"}"#)
            #expect(try noUUID.invalid() == ["token": "is_uuid"])
            let unknown = try await node.portal(.post, path, #"{"token": "c8efd006-d8e1-4743-b91b-f163b9eae06a"}"#)
            #expect(unknown.status == 404)
            let verification = try await node.verificationToken("jane@example.com")
            let body = #"{"token": "\#(verification)"}"#
            #expect(try await node.portal(.post, path, body).status == 202)
            #expect(try await node.portal(.post, path, body).status == 410)
        }
    }

    @Test(
        "a body that is deep and wide is refused at once",
        arguments: [
            String(repeating: #"{"a":"#, count: 450) + "[" + String(repeating: #""","#, count: 15_000) + "1]"
                + String(repeating: "}", count: 450),
            #"{"a":"# + String(repeating: "[", count: 450) + String(repeating: "{},", count: 15_000) + "1"
                + String(repeating: "]", count: 450) + "}",
        ])
    func deepBody(body: String) async throws {
        try await TestNode.with { node in
            let start = ContinuousClock.now
            let answer = try await node.portal(.post, "/api/v3/developer", body)
            #expect(answer.status == 400)
            // Minutes, where each value were tried as every type.
            #expect(ContinuousClock.now - start < .seconds(20))
        }
    }

    @Test("a wrong method is 405 with those that there are, and HEAD is GET without a body")
    func methods() async throws {
        try await TestNode.with { node in
            let wrong = try await node.portal(.get, "/api/v3/developer/authenticate")
            #expect(wrong.status == 405)
            #expect(wrong.headers[.allow] == "POST")
            #expect(wrong.headers[.contentType] == "application/problem+json")
            let head = try await node.portal(.head, "/api/v3/portal")
            #expect(head.status == 200)
            #expect(head.body.isEmpty)
            let developers = "/v3/portals/\(node.portal.id)/developers"
            #expect(try await node.admin(.put, developers).headers[.allow] == "GET, HEAD, POST")
        }
    }

    @Test("a page of another site cannot log a developer out", arguments: ["cross-site", "same-site"])
    func crossSite(site: String) async throws {
        try await TestNode.with { node in
            let name = try #require(HTTPField.Name("Sec-Fetch-Site"))
            let path = "/api/v3/developer/logout"
            let foreign = try await node.send(.post, path, host: TestNode.portalHost, headers: [name: site])
            #expect(foreign.status == 403)
            let origin = try await node.send(.post, path, host: TestNode.portalHost, headers: [.origin: "https://evil.example"])
            #expect(origin.status == 403)
            let own = try await node.send(
                .post, path, host: TestNode.portalHost,
                headers: [name: "same-origin", .origin: "https://\(TestNode.portalHost)"])
            #expect(own.status == 204)
        }
    }

    @Test("the list of APIs is 401 with a session that is over, so that a client renews it")
    func endedSession() async throws {
        try await TestNode.with { node in
            let answer = try await node.portal(.get, "/api/v3/apis", cookies: "portalrefreshtoken=whatever")
            #expect(answer.status == 401)
            #expect(try await node.portal(.get, "/api/v3/apis").status == 200)
        }
    }

    @Test("me and refresh are 401 without a session; logging out is always 204")
    func strangers() async throws {
        try await TestNode.with { node in
            #expect(try await node.portal(.get, "/api/v3/developer/me").status == 401)
            let refresh = try await node.portal(.post, "/api/v3/developer/refresh", cookies: "portalrefreshtoken=nonsense")
            #expect(refresh.status == 401)
            #expect(refresh.headers[values: .setCookie].allSatisfy { $0.contains("Max-Age=0") })
            #expect(try await node.portal(.post, "/api/v3/developer/logout").status == 204)
        }
    }

    @Test("cookies are host-only, HttpOnly, Secure and SameSite=Lax")
    func cookies() async throws {
        try await TestNode.with(autoApprove: true) { node in
            let token = try await node.passwordToken("jane@example.com")
            let password = #"{"token": "\#(token)", "password": "correct horse battery"}"#
            #expect(try await node.portal(.post, "/api/v3/developer/reset-password", password).status == 204)
            let body = #"{"username": "jane@example.com", "password": "correct horse battery"}"#
            let answer = try await node.portal(.post, "/api/v3/developer/authenticate", body)
            #expect(answer.status == 204)
            let fields = answer.headers[values: .setCookie]
            #expect(fields.map { $0.prefix { $0 != "=" } } == ["portalaccesstoken", "portalrefreshtoken", "portaldevice"])
            for field in fields {
                for attribute in ["HttpOnly", "Secure", "SameSite=Lax", "Path=/"] { #expect(field.contains(attribute)) }
                #expect(!field.lowercased().contains("domain"))
            }
            let me = try await node.portal(.get, "/api/v3/developer/me", cookies: answer.cookies)
            #expect(try Set(me.json().keys) == ["id", "email", "full_name", "created_at", "updated_at"])
        }
    }

    @Test("the portal's context has the contract's fields")
    func context() async throws {
        try await TestNode.with { node in
            let context = try await node.portal(.get, "/api/v3/portal").json()
            #expect(context["name"] as? String == "Acme")
            #expect(context["canonical_domain"] as? String == TestNode.portalHost)
            #expect(
                Set(context.keys) == [
                    "portal_id", "org_id", "name", "canonical_domain", "authentication_enabled", "basic_auth_enabled",
                    "oidc_auth_enabled", "saml_auth_enabled", "rbac_enabled",
                ])
        }
    }

    @Test(
        "a host of another geo, of none, or malformed is 421; a portal that is not there is 404",
        arguments: [
            ("acme.us.portal.example.com", 421), ("example.com", 421), ("portal.example.com", 421), ("127.0.0.1", 421),
            ("[::1]", 421),
            ("nosuch.eu.portal.example.com", 404), ("ACME.eu.portal.example.com:8443", 200), ("acme.eu.portal.example.com.", 200),
        ])
    func hosts(host: String, status: Int) async throws {
        try await TestNode.with { node in
            let answer = try await node.send(.get, "/api/v3/portal", host: host)
            #expect(answer.status == status)
        }
    }

    @Test("an unknown path below /api is a problem")
    func unknownPath() async throws {
        try await TestNode.with { node in
            let answer = try await node.portal(.get, "/api/v3/nothing")
            #expect(answer.status == 404)
            #expect(answer.headers[.contentType] == "application/problem+json")
        }
    }
}

extension TestNode {
    /// Registers; returns the token that verifies the address, from the outbox.
    func verificationToken(_ email: String) async throws -> String {
        #expect(try await portal(.post, "/api/v3/developer", #"{"full_name": "Jane Doe", "email": "\#(email)"}"#).status == 201)
        let mails = try await store.dueMails(at: SystemClock().now, limit: 100)
        guard case .verifyEmail(_, let link, _) = try #require(mails.last { $0.recipient.value == email }).message.content else {
            Issue.record("expected a verification mail")
            return ""
        }
        return String(try #require(link.split(separator: "=").last))
    }

    /// Registers and verifies; returns the token that sets the password.
    func passwordToken(_ email: String) async throws -> String {
        let token = try await verificationToken(email)
        let answer = try await portal(.post, "/api/v3/developer/verify-email", #"{"token": "\#(token)"}"#)
        #expect(answer.status == 202)
        return try #require(try answer.json()["token"] as? String)
    }
}
