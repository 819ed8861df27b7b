import Accounts
import Foundation
import HTTPTypes
import Testing

@Suite("Team mappings by the management API")
struct TeamMappingManagementTests {
    private static let team = "6801e673-cc10-498a-94cd-4271de07a0d3"

    private static func provider(at node: TestNode) async throws -> String {
        let body = #"{"type": "oidc", "config": {"issuer_url": "https://id.example", "client_id": "portal"}}"#
        let made = try await node.admin(.post, "/v3/portals/\(node.portal.id)/identity-providers", body)
        return try #require(made.json()["id"] as? String)
    }

    private static func groups(_ answer: TestNode.Answer) throws -> [String] {
        try #require(answer.json()["data"] as? [[String: Any]]).compactMap { $0["group"] as? String }
    }

    @Test("are made, read, filtered, read part by part in both directions, and removed")
    func lifecycle() async throws {
        try await TestNode.with { node in
            let provider = try await Self.provider(at: node)
            let path = "/v3/portals/\(node.portal.id)/identity-providers/\(provider)/team-group-mappings"
            for number in 0..<5 {
                let made = try await node.admin(.post, path, #"{"team_id": "\#(Self.team)", "group": "g\#(number)"}"#)
                #expect(made.status == 201)
                #expect(try made.json()["team_id"] as? String == Self.team)
            }
            let again = try await node.admin(.post, path, #"{"team_id": "\#(Self.team.uppercased())", "group": "g0"}"#)
            #expect(again.status == 409)
            let all = try Self.groups(try await node.admin(.get, path))
            #expect(Set(all) == ["g0", "g1", "g2", "g3", "g4"])
            #expect(try Self.groups(try await node.admin(.get, "\(path)?filter[group][eq]=g3")) == ["g3"])
            #expect(try Self.groups(try await node.admin(.get, "\(path)?filter[team_id]=\(UUID())")).isEmpty)

            var (seen, next): ([String], String?) = ([], "\(path)?page[size]=2")
            var back: String?
            while let address = next {
                let part = try await node.admin(.get, address)
                seen += try Self.groups(part)
                let page = try #require((part.json()["meta"] as? [String: Any])?["page"] as? [String: Any])
                (next, back) = (page["next"] as? String, page["previous"] as? String)
            }
            #expect(seen == all)
            #expect(try Self.groups(try await node.admin(.get, try #require(back))) == Array(all[2...3]))

            let first = try #require((try await node.admin(.get, path).json()["data"] as? [[String: Any]])?.first)
            let one = "\(path)/\(try #require(first["id"] as? String))"
            #expect(try await node.admin(.get, one).json()["group"] as? String == all[0])
            #expect(try await node.admin(.delete, one).status == 204)
            #expect(try await node.admin(.get, one).status == 404)
            #expect(try await node.auditEntries().map(\.event.action).filter { $0 == .teamMappingsChanged }.count == 6)
        }
    }

    @Test("of a whole portal are replaced team by team, and need a provider")
    func replaced() async throws {
        try await TestNode.with { node in
            let path = "/v3/portals/\(node.portal.id)/identity-provider/team-group-mappings"
            #expect(try await node.admin(.get, path).status == 400)
            _ = try await Self.provider(at: node)
            let body = #"{"data": [{"team_id": "\#(Self.team)", "groups": ["b", "a"]}]}"#
            let changed = try await node.admin(.patch, path, body)
            #expect(
                changed.body
                    == #"{"data":[{"groups":["a","b"],"team_id":"\#(Self.team)"}],"meta":{"page":{"number":1,"size":100,"total":1}}}"#
            )
            #expect(try await node.admin(.get, "\(path)?page[number]=2").json()["data"] as? [String] == [])
            let emptied = try await node.admin(.patch, path, #"{"data": [{"team_id": "\#(Self.team)", "groups": []}]}"#)
            #expect(emptied.status == 200 && emptied.body.hasPrefix(#"{"data":[]"#))
        }
    }

    @Test(
        "what is wrong is 400 and named",
        arguments: [
            (#"{"data": [{"team_id": "x"}]}"#, "data.0.team_id"), (#"{"data": [{}]}"#, "data.0.team_id"),
            (#"{"data": {}}"#, "data"), (#"{"data": [7]}"#, "data.0"), (#"{"team": 1}"#, "team"),
        ])
    func wrong(body: String, field: String) async throws {
        try await TestNode.with { node in
            _ = try await Self.provider(at: node)
            let path = "/v3/portals/\(node.portal.id)/identity-provider/team-group-mappings"
            let answer = try await node.admin(.patch, path, body)
            #expect(answer.status == 400)
            #expect(answer.body.contains("\"field\":\"\(field)\""))
        }
    }
}
