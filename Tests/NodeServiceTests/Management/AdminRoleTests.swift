import Accounts
import Foundation
import HTTPTypes
import Testing

@testable import ManagementAPI

@Suite("Admins' roles at the management API")
struct AdminRoleTests {
    /// The least role for each operation; a new route belongs here.
    static let leastRoles: [String: AdminRole] = [
        "GET portals": .viewer,
        "POST portals": .owner,
        "GET portals/{portalId}": .viewer,
        "PATCH portals/{portalId}": .owner,
        "DELETE portals/{portalId}": .owner,
        "GET portals/{portalId}/authentication-settings": .viewer,
        "PATCH portals/{portalId}/authentication-settings": .owner,
        "GET portals/{portalId}/customization": .viewer,
        "PUT portals/{portalId}/customization": .owner,
        "PATCH portals/{portalId}/customization": .owner,
        "GET portals/{portalId}/assets/logo": .viewer,
        "PUT portals/{portalId}/assets/logo": .owner,
        "DELETE portals/{portalId}/assets/logo": .owner,
        "GET portals/{portalId}/assets/logo/raw": .viewer,
        "GET portals/{portalId}/assets/favicon": .viewer,
        "PUT portals/{portalId}/assets/favicon": .owner,
        "DELETE portals/{portalId}/assets/favicon": .owner,
        "GET portals/{portalId}/assets/favicon/raw": .viewer,
        "GET portals/email-templates": .viewer,
        "GET portals/email-templates/variables": .viewer,
        "GET portals/email-templates/{templateName}": .viewer,
        "GET portals/{portalId}/email-templates": .viewer,
        "GET portals/{portalId}/email-templates/{templateName}": .viewer,
        "PATCH portals/{portalId}/email-templates/{templateName}": .owner,
        "DELETE portals/{portalId}/email-templates/{templateName}": .owner,
        "POST portals/{portalId}/email-templates/{templateName}/send-test-email": .owner,
        "POST portals/{portalId}/email-templates/{templateName}/preview": .owner,
        "GET portals/{portalId}/identity-providers": .viewer,
        "POST portals/{portalId}/identity-providers": .owner,
        "GET portals/{portalId}/identity-providers/{id}": .viewer,
        "PATCH portals/{portalId}/identity-providers/{id}": .owner,
        "DELETE portals/{portalId}/identity-providers/{id}": .owner,
        "POST portals/{portalId}/identity-providers/{id}/examination": .owner,
        "GET portals/{portalId}/identity-providers/{id}/team-group-mappings": .viewer,
        "POST portals/{portalId}/identity-providers/{id}/team-group-mappings": .owner,
        "GET portals/{portalId}/identity-providers/{id}/team-group-mappings/{mappingId}": .viewer,
        "DELETE portals/{portalId}/identity-providers/{id}/team-group-mappings/{mappingId}": .owner,
        "GET portals/{portalId}/identity-provider/team-group-mappings": .viewer,
        "PATCH portals/{portalId}/identity-provider/team-group-mappings": .owner,
        "GET portals/{portalId}/developers": .viewer,
        "POST portals/{portalId}/developers": .approver,
        "GET portals/{portalId}/developers/{developerId}": .viewer,
        "PATCH portals/{portalId}/developers/{developerId}": .approver,
        "DELETE portals/{portalId}/developers/{developerId}": .approver,
        "GET apis": .viewer,
        "POST apis": .owner,
        "GET apis/{apiId}": .viewer,
        "PATCH apis/{apiId}": .owner,
        "DELETE apis/{apiId}": .owner,
        "GET apis/{apiId}/versions": .viewer,
        "POST apis/{apiId}/versions": .owner,
        "GET apis/{apiId}/versions/{versionId}": .viewer,
        "PATCH apis/{apiId}/versions/{versionId}": .owner,
        "DELETE apis/{apiId}/versions/{versionId}": .owner,
        "GET apis/{apiId}/publications/{portalId}": .viewer,
        "PUT apis/{apiId}/publications/{portalId}": .owner,
        "DELETE apis/{apiId}/publications/{portalId}": .owner,
        "GET api-publications": .viewer,
        "GET admins": .owner,
        "POST admins": .owner,
        "GET admins/me": .viewer,
        "GET admins/{adminId}": .owner,
        "PATCH admins/{adminId}": .owner,
        "DELETE admins/{adminId}": .owner,
        "POST admins/{adminId}/password-link": .owner,
        "DELETE admins/{adminId}/second-factor": .owner,
        "GET admins/{adminId}/tokens": .owner,
        "POST admins/{adminId}/tokens": .owner,
        "DELETE admins/{adminId}/tokens/{tokenId}": .owner,
        "GET audit-log": .approver,
        "GET mails": .viewer,
        "POST mails/retry": .approver,
        "GET mails/{mailId}": .viewer,
        "DELETE mails/{mailId}": .approver,
        "POST mails/{mailId}/retry": .approver,
        "GET portals/{portalId}/email-config": .viewer,
        "POST portals/{portalId}/email-config": .owner,
        "PATCH portals/{portalId}/email-config": .owner,
        "DELETE portals/{portalId}/email-config": .owner,
    ]

    @Test("every route has its least role here, and nothing that is here is not a route")
    func complete() async throws {
        try await TestNode.with { node in
            let routes = ManagementAPI(flows: node.flows).routes.map { "\($0.method) \($0.path)" }
            #expect(routes.count == Set(routes).count)
            #expect(Set(routes) == Set(Self.leastRoles.keys))
        }
    }

    @Test(
        "an operation is 403 for every role that may not, whatever it is about, and changes nothing",
        arguments: AdminRole.allCases)
    func matrix(role: AdminRole) async throws {
        try await TestNode.with { node in
            let token = try await node.flows.admins.createToken(for: "other@example.com", named: "test", role: role).value
            let before = try await node.auditEntries().count
            for (operation, least) in Self.leastRoles where !Self.may(role, least) {
                let words = operation.split(separator: " ")
                let method = try #require(HTTPRequest.Method(rawValue: String(words[0])))
                let path = words[1].replacing("{portalId}", with: "\(node.portal.id)").replacing(#/\{[a-zA-Z]+\}/#) { _ in "x" }
                let answer = try await node.admin(method, "/v3/\(path)", method == .get ? nil : "{}", token: token)
                #expect(answer.status == 403, "\(operation) for \(role)")
                #expect(answer.body.contains("yours is \(role)"), "\(operation) for \(role)")
            }
            let after = try await node.auditEntries().count
            #expect(after == before)
        }
    }

    @Test("an operation is there for every role that may", arguments: AdminRole.allCases)
    func allowed(role: AdminRole) async throws {
        try await TestNode.with { node in
            let token = try await node.flows.admins.createToken(for: "other@example.com", named: "test", role: role).value
            for (operation, least) in Self.leastRoles where Self.may(role, least) {
                let words = operation.split(separator: " ")
                let method = try #require(HTTPRequest.Method(rawValue: String(words[0])))
                // About nothing that is there, so that nothing is changed for the operations that follow.
                let path = words[1].replacing(#/\{[a-zA-Z]+\}/#) { _ in "x" }
                let status = try await node.admin(method, "/v3/\(path)", method == .get ? nil : "{}", token: token).status
                #expect([200, 400, 404].contains(status), "\(operation) for \(role)")
            }
        }
    }

    @Test("HEAD asks for the permission of GET, and is no export")
    func head() async throws {
        try await TestNode.with { node in
            let token = try await node.flows.admins.createToken(for: "other@example.com", named: "test", role: .viewer).value
            #expect(try await node.admin(.head, "/v3/audit-log", token: token).status == 403)
            #expect(try await node.admin(.head, "/v3/portals", token: token).status == 200)
            let head = try await node.admin(.head, "/v3/audit-log")
            #expect(head.status == 200)
            #expect(head.body.isEmpty)
            let noted = try await node.auditEntries().contains { $0.event.action == .auditExported }
            #expect(!noted)
        }
    }

    @Test("a new role holds from the next request on")
    func change() async throws {
        try await TestNode.with { node in
            let token = try await node.flows.admins.createToken(for: "other@example.com", named: "test", role: .viewer).value
            let me = try await node.admin(.get, "/v3/admins/me", token: token).json()
            #expect(me["role"] as? String == "viewer")
            #expect(me["email"] as? String == "other@example.com")
            let path = "/v3/admins/\(try #require(me["id"] as? String))"
            #expect(try await node.admin(.get, "/v3/audit-log", token: token).status == 403)
            #expect(try await node.admin(.patch, path, #"{"role": "approver"}"#).status == 200)
            #expect(try await node.admin(.get, "/v3/audit-log", token: token).status == 200)
            #expect(try await node.admin(.delete, path).status == 204)
            #expect(try await node.admin(.get, "/v3/admins/me", token: token).status == 401)
        }
    }

    private static func may(_ role: AdminRole, _ least: AdminRole) -> Bool {
        let order: [AdminRole] = [.viewer, .approver, .owner]
        return (order.firstIndex(of: role) ?? 0) >= (order.firstIndex(of: least) ?? 0)
    }
}
