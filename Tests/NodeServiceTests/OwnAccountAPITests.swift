import Accounts
import Foundation
import HTTPTypes
import Testing

@Suite("A developer's own data by the Portal API")
struct OwnAccountAPITests {
    static let address = "jane@example.com"
    static let path = "/api/v3/developer/me"
    static let operations: [(HTTPRequest.Method, String, String?)] = [
        (.get, "", nil), (.patch, "", #"{"full_name": "Jana"}"#), (.delete, "", #"{"password": "correct horse battery"}"#),
        (.post, "/change-password", #"{"current_password": "correct horse battery", "new_password": "another fine battery"}"#),
        (.get, "/sessions", nil), (.delete, "/sessions", nil), (.delete, "/sessions/c8efd006-d8e1-4743-b91b-f163b9eae06a", nil),
        (.get, "/export", nil),
    ]

    /// Runs a test with a developer who is logged in, and the cookies of the session.
    static func loggedIn(_ test: (TestNode, String) async throws -> Void) async throws {
        try await TestNode.with(autoApprove: true) { node in
            try await node.member(address)
            try await test(node, try await node.logIn(address).cookies)
        }
    }

    @Test("a developer changes the name, under both versions of the API", arguments: ["v3", "v2"])
    func rename(version: String) async throws {
        try await Self.loggedIn { node, cookies in
            let path = "/api/\(version)/developer/me"
            let answer = try await node.portal(.patch, path, #"{"full_name": " Jana Müller "}"#, cookies: cookies)
            #expect(answer.status == 200)
            #expect(try Set(answer.json().keys) == ["id", "email", "full_name", "created_at", "updated_at"])
            #expect(try answer.json()["full_name"] as? String == "Jana Müller")
            let me = try await node.portal(.get, Self.path, cookies: cookies)
            #expect(me.body == answer.body)
        }
    }

    @Test(
        "a wrong name is named, and nothing changes",
        arguments: [
            ("{}", ["full_name": "required"]), (#"{"full_name": "  "}"#, ["full_name": "required"]),
            (#"{"full_name": 7}"#, ["full_name": "is_string"]), (#"{"full_name": "a\u0000b"}"#, ["full_name": "invalid"]),
            (#"{"full_name": "Jana", "email": "joe@example.com"}"#, ["email": "unknown_property"]),
        ])
    func refusesName(body: String, rules: [String: String]) async throws {
        try await Self.loggedIn { node, cookies in
            let answer = try await node.portal(.patch, Self.path, body, cookies: cookies)
            #expect(answer.status == 400)
            #expect(try answer.invalid() == rules)
            #expect(try await node.portal(.get, Self.path, cookies: cookies).json()["full_name"] as? String == "Jane Doe")
        }
    }

    @Test("changing the password asks for the old one, ends every other session and keeps this one")
    func changesPassword() async throws {
        try await Self.loggedIn { node, cookies in
            let other = try await node.logIn(Self.address).cookies
            let path = "\(Self.path)/change-password"
            let body = #"{"current_password": "correct horse battery", "new_password": "another fine battery"}"#
            #expect(try await node.portal(.post, path, body, cookies: cookies).status == 204)
            #expect(try await node.portal(.get, Self.path, cookies: cookies).status == 200)
            #expect(try await node.portal(.get, Self.path, cookies: other).status == 401)
            #expect(try await node.portal(.post, "/api/v3/developer/refresh", cookies: other).status == 401)
            #expect(try await node.logIn(Self.address).status == 401)
            #expect(try await node.logIn(Self.address, "another fine battery").status == 204)
        }
    }

    @Test(
        "a wrong old password, and a new one that breaks a rule, are named",
        arguments: [
            (#"{"current_password": "wrong horse", "new_password": "another fine battery"}"#, ["current_password": "invalid"]),
            (#"{"current_password": "", "new_password": "another fine battery"}"#, ["current_password": "required"]),
            (#"{"current_password": "correct horse battery", "new_password": "q7w"}"#, ["new_password": "min_length"]),
            (#"{"current_password": "correct horse battery", "new_password": "jane@example.com"}"#, ["new_password": "invalid"]),
            ("{}", ["current_password": "required", "new_password": "required"]),
        ])
    func refusesPassword(body: String, rules: [String: String]) async throws {
        try await Self.loggedIn { node, cookies in
            let answer = try await node.portal(.post, "\(Self.path)/change-password", body, cookies: cookies)
            #expect(answer.status == 400)
            #expect(try answer.invalid() == rules)
            #expect(try await node.logIn(Self.address).status == 204)
        }
    }

    @Test("a developer sees every session, and which one it is that asks")
    func sessions() async throws {
        try await TestNode.with(autoApprove: true) { node in
            try await node.member(Self.address)
            _ = try await node.logIn(Self.address)
            let cookies = try await node.logIn(Self.address, agent: "Firefox/142.0").cookies
            let answer = try await node.portal(.get, "\(Self.path)/sessions", cookies: cookies)
            #expect(answer.status == 200)
            let sessions = try #require(try answer.json()["data"] as? [[String: Any]])
            #expect(sessions.map { $0["current"] as? Bool } == [true, false])
            #expect(sessions[0]["client"] as? String == "Firefox/142.0")
            #expect(sessions[1]["client"] is NSNull)
            let keys: Set = ["id", "created_at", "last_used_at", "expires_at", "client", "current"]
            for session in sessions { #expect(Set(session.keys) == keys) }
        }
    }

    @Test("a developer ends one session; the own one takes its cookies with it; an unknown one and somebody else's are 404")
    func endsSession() async throws {
        try await Self.loggedIn { node, cookies in
            let path = "\(Self.path)/sessions"
            let other = try await node.logIn(Self.address).cookies
            let ids = try await sessionIDs(node, cookies)
            let ended = try await node.portal(.delete, "\(path)/\(ids[0])", cookies: cookies)
            #expect(ended.status == 204)
            #expect(!ended.clearsSession)
            #expect(try await node.portal(.get, Self.path, cookies: other).status == 401)

            try await node.member("joe@example.com")
            let stranger = try await node.logIn("joe@example.com").cookies
            for id in [ids[0], "c8efd006-d8e1-4743-b91b-f163b9eae06a", "x", try await sessionIDs(node, stranger)[0]] {
                #expect(try await node.portal(.delete, "\(path)/\(id)", cookies: cookies).status == 404)
            }
            #expect(try await node.portal(.get, Self.path, cookies: stranger).status == 200)

            let own = try await node.portal(.delete, "\(path)/\(ids[1])", cookies: cookies)
            #expect(own.status == 204)
            #expect(own.clearsSession)
            #expect(try await node.portal(.get, Self.path, cookies: cookies).status == 401)
        }
    }

    @Test("log out everywhere ends every session")
    func endsAll() async throws {
        try await Self.loggedIn { node, cookies in
            let other = try await node.logIn(Self.address).cookies
            let answer = try await node.portal(.delete, "\(Self.path)/sessions", cookies: cookies)
            #expect(answer.status == 204)
            #expect(answer.clearsSession)
            for ended in [cookies, other] {
                #expect(try await node.portal(.get, Self.path, cookies: ended).status == 401)
                #expect(try await node.portal(.post, "/api/v3/developer/refresh", cookies: ended).status == 401)
            }
        }
    }

    @Test("an export has everything about the developer, and no secret")
    func exports() async throws {
        try await Self.loggedIn { node, cookies in
            let answer = try await node.portal(.get, "\(Self.path)/export", cookies: cookies)
            #expect(answer.status == 200)
            #expect(answer.headers[.contentType] == "application/json")
            #expect(answer.headers[.contentDisposition] == #"attachment; filename="account.json""#)
            let json = try answer.json()
            #expect(Set(json.keys) == ["developer", "portal", "identities", "sessions", "audit_log", "exported_at"])
            let developer = try #require(json["developer"] as? [String: Any])
            #expect(
                Set(developer.keys) == [
                    "id", "email", "full_name", "status", "origin", "verified_at", "has_password", "language", "created_at",
                    "updated_at",
                ])
            #expect(developer["email"] as? String == Self.address)
            #expect(developer["status"] as? String == "approved")
            #expect(developer["has_password"] as? Bool == true)
            #expect((json["portal"] as? [String: Any])?["name"] as? String == "Acme")
            #expect((json["sessions"] as? [[String: Any]])?.count == 1)
            let log = try #require(json["audit_log"] as? [[String: Any]])
            let keys: Set = ["sequence", "at", "action", "actor", "from_status", "to_status"]
            for entry in log { #expect(Set(entry.keys) == keys) }
            let actions = log.compactMap { $0["action"] as? String }
            #expect(actions.first == "developer.registered")
            #expect(actions.last == "developer.data_exported")
            #expect(actions.contains("developer.logged_in"))

            let tokens = cookies.split(separator: "; ").compactMap { $0.split(separator: "=", maxSplits: 1).last }
            #expect(tokens.count == 3)
            for secret in tokens + ["$scrypt", "correct horse"] { #expect(!answer.body.contains(secret)) }
        }
    }

    @Test("deleting the account asks for the password, removes the developer and frees the address")
    func deletes() async throws {
        try await Self.loggedIn { node, cookies in
            let refused = try await node.portal(.delete, Self.path, #"{"password": "wrong horse"}"#, cookies: cookies)
            #expect(refused.status == 400)
            #expect(try refused.invalid() == ["password": "invalid"])
            #expect(!refused.clearsSession)
            #expect(try await node.portal(.delete, Self.path, "{}", cookies: cookies).invalid() == ["password": "required"])

            let body = #"{"password": "correct horse battery"}"#
            let gone = try await node.portal(.delete, Self.path, body, cookies: cookies)
            #expect(gone.status == 204)
            #expect(gone.clearsSession)
            #expect(try await node.portal(.get, Self.path, cookies: cookies).status == 401)
            #expect(try await node.logIn(Self.address).status == 401)
            #expect(try await node.store.developer(with: EmailAddress(Self.address), in: node.portal.id) == nil)
            try await node.member(Self.address)
            #expect(try await node.logIn(Self.address).status == 204)
        }
    }

    @Test("trying passwords in an open session is slowed down with 429 and Retry-After", arguments: [3, 2])
    func slowsDown(operation: Int) async throws {
        var policy = AccountPolicy()
        policy.throttle.firstDelay = .seconds(60)
        try await TestNode.with(autoApprove: true, policy: policy) { node in
            try await node.member(Self.address)
            let cookies = try await node.logIn(Self.address).cookies
            let (method, path, right) = Self.operations[operation]
            let wrong = right?.replacing("correct horse", with: "wrong horse")
            for _ in 0..<11 {
                #expect(try await node.portal(method, Self.path + path, wrong, cookies: cookies).status == 400)
            }
            let slowed = try await node.portal(method, Self.path + path, right, cookies: cookies)
            #expect(slowed.status == 429)
            #expect((1...60).contains(Int(slowed.headers[.retryAfter] ?? "") ?? 0))
            #expect(try await node.portal(.get, Self.path, cookies: cookies).status == 200)
        }
    }

    @Test("every operation on the own account is 401 without a session, also where the portal has accounts no longer")
    func needsSession() async throws {
        try await Self.loggedIn { node, cookies in
            for (method, path, body) in Self.operations {
                let answer = try await node.portal(method, Self.path + path, body)
                #expect(answer.status == 401)
                #expect(answer.headers[.contentType] == "application/problem+json")
            }
            try await node.switchAccountsOff()
            for (method, path, body) in Self.operations {
                #expect(try await node.portal(method, Self.path + path, body, cookies: cookies).status == 401)
            }
        }
    }

    @Test("a page of another site changes nothing with a developer's cookies", arguments: ["cross-site", "same-site"])
    func crossSite(site: String) async throws {
        try await Self.loggedIn { node, cookies in
            let name = try #require(HTTPField.Name("Sec-Fetch-Site"))
            let headers: HTTPFields = [.cookie: cookies, .contentType: "application/json", name: site]
            for (method, path, body) in Self.operations where method != .get {
                let answer = try await node.send(
                    method, Self.path + path, host: TestNode.portalHost, headers: headers, body: body)
                #expect(answer.status == 403)
            }
            #expect(try await node.portal(.get, Self.path, cookies: cookies).json()["full_name"] as? String == "Jane Doe")
        }
    }

    @Test(
        "where the portal has no accounts, registering, verifying, setting and forgetting a password are 403",
        arguments: [
            ("", #"{"full_name": "Jane", "email": "jane@example.com"}"#), ("/verify-email", #"{"token": "x"}"#),
            ("/reset-password", #"{"token": "x", "password": "correct horse battery"}"#),
            ("/forgot-password", #"{"email": "jane@example.com"}"#),
        ])
    func withoutAccounts(path: String, body: String) async throws {
        try await TestNode.with { node in
            try await node.switchAccountsOff()
            let answer = try await node.portal(.post, "/api/v3/developer\(path)", body)
            #expect(answer.status == 403)
            #expect(try answer.json()["detail"] as? String == "This portal does not let developers have accounts")
        }
    }

    private func sessionIDs(_ node: TestNode, _ cookies: String) async throws -> [String] {
        let answer = try await node.portal(.get, "\(Self.path)/sessions", cookies: cookies)
        return try #require(try answer.json()["data"] as? [[String: Any]]).compactMap { $0["id"] as? String }
    }
}

extension TestNode {
    fileprivate func switchAccountsOff() async throws {
        let answer = try await admin(.patch, "/v3/portals/\(portal.id)", #"{"authentication_enabled": false}"#)
        #expect(answer.status == 200)
    }
}
