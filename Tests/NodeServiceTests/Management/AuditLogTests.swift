import Accounts
import Foundation
import Testing

@Suite("The audit log by the management API")
struct AuditLogTests {
    @Test("the exported lines are the whole log, which can be checked by whoever has them; the export is an entry too")
    func export() async throws {
        try await TestNode.with { node in
            _ = try await node.passwordToken("jane@example.com")
            let id = try #require(try await node.admin(.get, "/v3/portals/\(node.portal.id)/developers").data("id").first)
            let path = "/v3/portals/\(node.portal.id)/developers/\(id)"
            #expect(try await node.admin(.patch, path, #"{"status": "rejected"}"#).status == 200)
            let answer = try await node.admin(.get, "/v3/audit-log")
            #expect(answer.status == 200)
            #expect(answer.headers[.contentType] == "application/jsonl")

            let entries = try answer.auditEntries()
            var verification = AuditVerification()
            for entry in entries { try verification.take(entry) }
            try verification.finish(written: try await node.flows.auditLog.head())
            #expect(entries.last?.event.action == .auditExported)
            let rejection = try #require(entries.first { $0.event.action == .developerRejected })
            #expect(rejection.event.developer == DeveloperID(id))
            #expect((rejection.event.from, rejection.event.to) == (.pending, .rejected))
            #expect(!answer.body.contains("jane") && !answer.body.contains("Jane"))
        }
    }

    @Test("a line names every property, null where there is none")
    func line() async throws {
        try await TestNode.with { node in
            let line = try #require(try await node.admin(.get, "/v3/audit-log?limit=1").body.split(separator: "\n").first)
            let entry = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
            #expect(
                Set(entry.keys) == [
                    "sequence", "at", "actor", "action", "portal_id", "developer_id", "subject_id", "from_status", "to_status",
                    "previous_hash", "hash",
                ])
            #expect(entry["sequence"] as? Int == 1)
            #expect(entry["action"] as? String == "portal.created")
            #expect(entry["portal_id"] as? String == node.portal.id.description)
            #expect(entry["developer_id"] is NSNull)
            #expect((entry["actor"] as? [String: Any])?["kind"] as? String == "operator")
            #expect((entry["actor"] as? [String: Any])?["id"] is NSNull)
            #expect(entry["previous_hash"] as? String == String(repeating: "0", count: 64))
        }
    }

    @Test("entries are found by action, developer, portal, actor and time")
    func filters() async throws {
        try await TestNode.with { node in
            _ = try await node.passwordToken("jane@example.com")
            let id = try #require(try await node.admin(.get, "/v3/portals/\(node.portal.id)/developers").data("id").first)
            _ = try await node.admin(
                .patch, "/v3/portals/\(node.portal.id)/developers/\(id)", #"{"status": "approved"}"#)
            let me = try #require(try await node.admin(.get, "/v3/admins/me").json()["id"] as? String)
            func actions(_ query: String) async throws -> [String] {
                try await node.admin(.get, "/v3/audit-log?\(query)".escaped).auditEntries().map(\.event.action.rawValue)
            }
            let ofJane = ["developer.registered", "developer.email_verified", "developer.approved"]
            #expect(try await actions("filter[developer_id][eq]=\(id)") == ofJane)
            #expect(try await actions("filter[portal_id][eq]=\(node.portal.id)") == ["portal.created"] + ofJane)
            #expect(try await actions("filter[action][eq]=developer.approved") == ["developer.approved"])
            #expect(
                try await actions("filter[actor_id][eq]=\(me)&filter[portal_id][eq]=\(node.portal.id)") == ["developer.approved"])
            #expect(try await actions("filter[actor_id][eq]=\(id.uppercased())&filter[action][eq]=developer.approved") == [])
            #expect(try await actions("filter[at][lt]=2000-01-01T00:00:00Z") == [])
            let all = try await actions("filter[at][gte]=2000-01-01T00:00:00%2B01:00")
            #expect(all.count == (try await node.auditEntries().count))
            let moment = try #require(try await node.auditEntries().first { $0.event.action == .developerApproved }).at.iso8601
            #expect(try await actions("filter[at][gte]=\(moment)&filter[developer_id][eq]=\(id)").last == "developer.approved")
            #expect(
                !(try await actions("filter[at][lt]=\(moment)&filter[developer_id][eq]=\(id)").contains("developer.approved")))
        }
    }

    @Test("a long log comes in batches, and goes on after the last line that a client has")
    func batches() async throws {
        try await TestNode.with { node in
            let events = (1...2_400).map { _ in AuditEvent(.apiPublished, by: .operator) }
            try await node.store.record(events, throttles: [])
            let first = try await node.admin(.get, "/v3/audit-log?limit=2100").auditEntries()
            #expect(first.map(\.sequence) == Array(1...2_100))
            let rest = try await node.admin(.get, "/v3/audit-log?after=2100&limit=100000").auditEntries()
            var verification = AuditVerification()
            for entry in first + rest { try verification.take(entry) }
            try verification.finish(written: try await node.flows.auditLog.head())
        }
    }

    @Test(
        "a wrong query is 400, and no export is noted",
        arguments: [
            ("limit=0", ["limit": "min"]), ("limit=100001", ["limit": "max"]), ("after=-1", ["after": "min"]),
            ("after=x", ["after": "is_number"]), ("filter[action][eq]=x", ["filter[action][eq]": "enum"]),
            ("filter[developer_id][eq]=x", ["filter[developer_id][eq]": "is_uuid"]),
            ("filter[at][gte]=yesterday", ["filter[at][gte]": "invalid"]),
            ("filter[at][gte]=2026-01-01", ["filter[at][gte]": "invalid"]),
            ("filter[action]=portal.created", ["filter[action]": "unknown_property"]),
            ("page[size]=10", ["page[size]": "unknown_property"]),
        ])
    func wrongQuery(query: String, rules: [String: String]) async throws {
        try await TestNode.with { node in
            let answer = try await node.admin(.get, "/v3/audit-log?\(query.escaped)")
            #expect(answer.status == 400)
            #expect(try answer.invalid() == rules)
            let noted = try await node.auditEntries().contains { $0.event.action == .auditExported }
            #expect(!noted)
        }
    }
}

extension TestNode.Answer {
    /// The entries of an export, read from nothing but its lines.
    func auditEntries() throws -> [AuditEntry] {
        try body.split(separator: "\n").map { line in
            let decoder = JSONDecoder()
            decoder.keyDecodingStrategy = .convertFromSnakeCase
            return try decoder.decode(ExportedEntry.self, from: Data(line.utf8)).entry()
        }
    }
}

private struct ExportedEntry: Decodable {
    struct Actor: Decodable {
        let kind: String
        let id: String?
    }

    let sequence: Int64
    let at: String
    let actor: Actor
    let action: String
    let portalId: String?
    let developerId: String?
    let subjectId: String?
    let fromStatus: String?
    let toStatus: String?
    let previousHash: String
    let hash: String

    func entry() throws -> AuditEntry {
        let event = AuditEvent(
            try #require(AuditEvent.Action(rawValue: action)), by: try #require(AuditActor(kind: actor.kind, id: actor.id)),
            portal: portalId.flatMap { PortalID($0) }, developer: developerId.flatMap { DeveloperID($0) }, subject: subjectId,
            from: fromStatus.flatMap(DeveloperStatus.init(rawValue:)), to: toStatus.flatMap(DeveloperStatus.init(rawValue:)))
        return AuditEntry(
            stored: event, sequence: sequence, at: try #require(Timestamp(rfc3339: at)),
            previousHash: try #require(Hexadecimal.bytes(previousHash)), hash: try #require(Hexadecimal.bytes(hash)))
    }
}
