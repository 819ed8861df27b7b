import Accounts
import Foundation
import Geography
import HTTPTypes
import Testing

@Suite("residency row 4: every kind of value of another geo, at every place of a request to a node")
struct ForeignValueMatrixTests {
    static let kinds: [(name: String, mint: @Sendable () throws -> String)] = [
        ("access token", { try credential(.portalAccess) }), ("refresh token", { try credential(.portalRefresh) }),
        ("admin token", { try credential(.admin) }),
        (
            "one-time token",
            {
                var random = SystemRandomNumberGenerator()
                return GeoUUID.oneTimeToken(geo: try GeoNumber(2), using: &random).description
            }
        ),
        (
            "id",
            {
                var random = SystemRandomNumberGenerator()
                return GeoUUID.entity(geo: try GeoNumber(2), milliseconds: 1_790_000_000_000, using: &random).description
            }
        ),
    ]

    private static func credential(_ kind: GeoCredential.Kind) throws -> String {
        var random = SystemRandomNumberGenerator()
        return GeoCredential.mint(kind, geo: try GeoID("us"), using: &random).value
    }

    @Test("in a cookie, or as bearer, user name or password: not authenticated", arguments: kinds.indices)
    func headers(kind: Int) async throws {
        let value = try Self.kinds[kind].mint()
        func basic(_ text: String) -> String { "Basic \(Data(text.utf8).base64EncodedString())" }
        let fields: [HTTPFields] = [
            [.cookie: "portalaccesstoken=\(value)"], [.cookie: "portalrefreshtoken=\(value)"], [.cookie: "theme=\(value)"],
            [.authorization: "Bearer \(value)"], [.authorization: basic("\(value):")], [.authorization: basic("x:\(value)")],
        ]
        try await TestNode.with { node in
            for host in [TestNode.portalHost, TestNode.managementHost] {
                for field in fields {
                    let answer = try await node.send(.get, "/api/v3/portal", host: host, headers: field)
                    #expect(answer.status == 401)
                    #expect(!answer.body.contains(value) && answer.headers[.setCookie] == nil)
                }
            }
        }
    }

    @Test("in the path or the query: unknown", arguments: kinds.indices)
    func targets(kind: Int) async throws {
        let value = try Self.kinds[kind].mint()
        try await TestNode.with { node in
            for target in ["/v3/portals/\(value)", "/\(value)/x", "/login?token=\(value)", "/login?returnTo=%2F\(value)"] {
                for host in [TestNode.portalHost, TestNode.managementHost] {
                    let answer = try await node.send(.get, target, host: host, headers: [:])
                    #expect(answer.status == 404, "\(host)")
                    #expect(!answer.body.contains(value))
                }
            }
        }
    }

    @Test("as a token in a body: refused, and nothing of the account changes", arguments: kinds.indices)
    func bodies(kind: Int) async throws {
        let value = try Self.kinds[kind].mint()
        try await TestNode.with(autoApprove: true) { node in
            try await node.member("jane@example.com")
            for (operation, body) in [
                ("verify-email", #"{"token": "\#(value)"}"#),
                ("reset-password", #"{"token": "\#(value)", "password": "another good password"}"#),
            ] {
                let answer = try await node.portal(.post, "/api/v3/developer/\(operation)", body)
                // What cannot even be a token is a bad request.
                #expect([400, 404].contains(answer.status), "\(operation)")
                #expect(!answer.body.contains(value))
            }
            #expect(try await node.logIn("jane@example.com").status == 204)
        }
    }
}
