import Accounts
import Geography
import HTTPTypes
import Testing

@Suite("residency row 4: the node refuses what is of another geo, whoever sends it")
struct HostDispatchTests {
    private static func foreignCredential(_ kind: GeoCredential.Kind) throws -> String {
        var random = SystemRandomNumberGenerator()
        return GeoCredential.mint(kind, geo: try GeoID("us"), using: &random).value
    }

    private static func foreignToken() throws -> String {
        var random = SystemRandomNumberGenerator()
        return GeoUUID.oneTimeToken(geo: try GeoNumber(2), using: &random).description
    }

    @Test("a session of another geo is 401, whichever cookie it is in")
    func cookies() async throws {
        try await TestNode.with { node in
            for (name, kind) in [("portalaccesstoken", GeoCredential.Kind.portalAccess), ("other", .portalRefresh)] {
                let cookie = "\(name)=\(try Self.foreignCredential(kind))"
                let answer = try await node.portal(.get, "/api/v3/portal", cookies: cookie)
                #expect(answer.status == 401)
            }
        }
    }

    @Test("an admin's token of another geo is 401")
    func adminToken() async throws {
        try await TestNode.with { node in
            let headers: HTTPFields = [.authorization: "Bearer \(try Self.foreignCredential(.admin))"]
            let answer = try await node.send(.get, "/v3/portals", host: TestNode.managementHost, headers: headers)
            #expect(answer.status == 401)
        }
    }

    @Test("a token of another geo is unknown, in the query and in a body")
    func tokens() async throws {
        try await TestNode.with { node in
            let token = try Self.foreignToken()
            #expect(try await node.portal(.get, "/reset-password?token=\(token)").status == 404)
            let body = #"{"token": "\#(token)"}"#
            #expect(try await node.portal(.post, "/api/v3/developer/verify-email", body).status == 404)
        }
    }

    @Test("an id of another geo in a path is unknown")
    func paths() async throws {
        try await TestNode.with { node in
            let answer = try await node.admin(.get, "/v3/portals/\(Self.foreignToken())")
            #expect(answer.status == 404)
        }
    }

    @Test("the console's host has the console's pages, and nobody gets in without a log-in")
    func console() async throws {
        try await TestNode.with { node in
            let host = "eu.console.example.com"
            let start = try await node.send(.get, "/", host: host)
            #expect(start.status == 303)
            #expect(start.headers[.location] == "/login?returnTo=%2F")
            let logIn = try await node.send(.get, "/login", host: host)
            #expect(logIn.status == 200)
            #expect(logIn.body.contains("<title>Log in to the console"))
            #expect(try await node.send(.get, "/other", host: host).status == 404)
            #expect(try await node.send(.get, "/v3/portals", host: host).status == 404)
        }
    }

    @Test("two hosts, or a target that names another one, are 400")
    func ambiguousHosts() async throws {
        try await TestNode.with { node in
            let name = try #require(HTTPField.Name("Host"))
            let second = try await node.send(
                .get, "/api/v3/portal", host: TestNode.portalHost, headers: [name: "acme.us.portal.example.com"])
            #expect(second.status == 400)
            let absolute = try await node.send(
                .get, "http://acme.us.portal.example.com/api/v3/portal", host: TestNode.portalHost)
            #expect(absolute.status == 400)
        }
    }

    @Test("every answer asks browsers for https where people come by it")
    func transportSecurity() async throws {
        try await TestNode.with { node in
            for (path, host) in [
                ("/login", TestNode.portalHost), ("/api/v3/portal", TestNode.portalHost), ("/", "nobody.example"),
            ] {
                let answer = try await node.send(.get, path, host: host)
                #expect(answer.headers[.strictTransportSecurity] == "max-age=31536000")
            }
        }
    }

    @Test("nothing of a refused request is in the answer")
    func silence() async throws {
        try await TestNode.with { node in
            let canary = "canary7391"
            for host in [TestNode.portalHost, "\(canary).example.com"] {
                let answer = try await node.send(.get, "/api/\(canary)?q=\(canary)", host: host)
                #expect(!answer.body.contains(canary))
            }
        }
    }
}
