import Accounts
import Foundation
import Testing

@Suite("Portals by the management API")
struct PortalAdministrationTests {
    /// Acme (from the start), Beta ("Second", rbac, public), gamma.
    private static func withPortals(_ test: (TestNode) async throws -> Void) async throws {
        try await TestNode.with { node in
            let beta = #"{"name": "Beta", "description": "Second", "rbac_enabled": true, "default_api_visibility": "public"}"#
            #expect(try await node.admin(.post, "/v3/portals", beta).status == 201)
            #expect(try await node.admin(.post, "/v3/portals", #"{"name": "gamma"}"#).status == 201)
            try await test(node)
        }
    }

    @Test(
        "the list is filtered and sorted as the contract has it",
        arguments: [
            ("filter[name]=ACME", ["Acme"]), ("filter[name][oeq]=beta,gamma", ["Beta", "gamma"]),
            ("filter[name][neq]=beta", ["Acme", "gamma"]), ("filter[name][contains]=m", ["Acme", "gamma"]),
            ("filter[name][ocontains]=bet,gam", ["Beta", "gamma"]), ("filter[description]=second", ["Beta"]),
            ("filter[description][neq]=second", ["Acme", "gamma"]), ("filter[rbac_enabled]=true", ["Beta"]),
            ("filter[rbac_enabled]=false&filter[authentication_enabled]=true", ["Acme", "gamma"]),
            ("filter[auto_approve_developers]=true", []), ("filter[default_api_visibility]=public", ["Beta"]),
            ("filter[default_page_visibility][oeq]=public,private", ["Acme", "Beta", "gamma"]),
            ("filter[default_domain][contains]=beta.eu.portal", ["Beta"]),
            ("filter[canonical_domain]=gamma.eu.portal.example.com", ["gamma"]),
            ("filter[default_application_auth_strategy_id][eq]=x", []),
            ("filter[id][neq]=x&filter[name][contains]=a&sort=name desc", ["gamma", "Beta", "Acme"]),
            ("sort=created_at desc", ["gamma", "Beta", "Acme"]), ("sort=description desc", ["Beta", "gamma", "Acme"]),
            ("sort=rbac_enabled desc&page[size]=1", ["Beta"]), ("sort=name&page[size]=2&page[number]=2", ["gamma"]),
        ])
    func list(query: String, names: [String]) async throws {
        try await Self.withPortals { node in
            let answer = try await node.admin(.get, "/v3/portals?\(query.escaped)")
            #expect(answer.status == 200)
            #expect(try answer.data("name") == names)
        }
    }

    @Test("a portal is found by its id")
    func byID() async throws {
        try await Self.withPortals { node in
            let answer = try await node.admin(.get, "/v3/portals?filter[id][eq]=\(node.portal.id)".escaped)
            #expect(try answer.data("name") == ["Acme"])
            #expect(try answer.total() == 1)
        }
    }

    @Test(
        "what the contract does not define is 400 and named",
        arguments: [
            ("filter[id]=x", ["filter[id]": "unknown_property"]),
            ("filter[id][contains]=x", ["filter[id][contains]": "unknown_property"]),
            ("filter[rbac_enabled]=yes", ["filter[rbac_enabled]": "is_boolean"]),
            ("filter[rbac_enabled][eq]=true", ["filter[rbac_enabled][eq]": "unknown_property"]),
            ("filter[default_api_visibility]=secret", ["filter[default_api_visibility]": "enum"]),
            ("filter[created_at]=x", ["filter[created_at]": "unknown_property"]),
            ("sort=default_api_visibility", ["sort": "enum"]),
        ])
    func undefined(query: String, rules: [String: String]) async throws {
        try await TestNode.with { node in
            let answer = try await node.admin(.get, "/v3/portals?\(query.escaped)")
            #expect(answer.status == 400)
            #expect(try answer.invalid() == rules)
        }
    }

    @Test("a portal goes with its developers and its host; one to which APIs are published only by force")
    func deletion() async throws {
        try await TestNode.with(autoApprove: true) { node in
            let made = try await node.admin(.post, "/v3/apis", #"{"name": "Payments"}"#)
            let api = try #require(try made.json()["id"] as? String)
            let path = "/v3/portals/\(node.portal.id)"
            #expect(try await node.admin(.put, "/v3/apis/\(api)/publications/\(node.portal.id)", "{}").status == 200)
            _ = try await node.passwordToken("jane@example.com")
            for query in ["", "?force=false"] {
                #expect(try await node.admin(.delete, path + query).status == 409)
            }
            let developers = try await node.admin(.get, "\(path)/developers").total()
            #expect(developers == 1)
            for query in ["force=yes", "force=", "force=TRUE"] {
                #expect(try await node.admin(.delete, "\(path)?\(query)").invalid() == ["force": "enum"])
            }
            #expect(try await node.admin(.delete, "\(path)?force=true").status == 204)
            #expect(try await node.admin(.get, path).status == 404)
            #expect(try await node.admin(.delete, path).status == 404)
            #expect(try await node.portal(.get, "/api/v3/portal").status == 404)
            let log = try await node.auditEntries().map(\.event.action)
            #expect(log.filter { $0 == .developerDeleted || $0 == .portalDeleted } == [.developerDeleted, .portalDeleted])
        }
    }

    @Test("authentication settings have every property of the contract, and follow authentication_enabled")
    func authenticationSettings() async throws {
        try await TestNode.with { node in
            let portal = "/v3/portals/\(node.portal.id)"
            let path = "\(portal)/authentication-settings"
            func settings() async throws -> [String: Bool] {
                try #require(try await node.admin(.get, path).json() as? [String: Bool])
            }
            var expected = [
                "basic_auth_enabled": true, "oidc_auth_enabled": false, "saml_auth_enabled": false,
                "oidc_team_mapping_enabled": false, "idp_mapping_enabled": false, "konnect_mapping_enabled": false,
            ]
            #expect(try await settings() == expected)
            let same = #"{"basic_auth_enabled": true, "oidc_auth_enabled": false, "konnect_mapping_enabled": false}"#
            #expect(try await node.admin(.patch, path, same).status == 200)

            let last = try await node.admin(.patch, path, #"{"basic_auth_enabled": false}"#)
            #expect(last.status == 409)
            #expect(last.body.contains("No other method of log-in is set up"))
            #expect(try await node.admin(.patch, path, #"{"oidc_auth_enabled": true}"#).status == 409)
            #expect(try await settings() == expected)

            _ = try await node.admin(.patch, portal, #"{"authentication_enabled": false}"#)
            expected["basic_auth_enabled"] = false
            #expect(try await settings() == expected)
            #expect(try await node.admin(.patch, path, #"{"basic_auth_enabled": false}"#).status == 200)
            #expect(try await node.admin(.patch, path, #"{"basic_auth_enabled": true}"#).status == 409)
        }
    }

    @Test(
        "what would switch on a method that does not exist, or set up a provider here, is 400 and named",
        arguments: [
            (
                #"{"saml_auth_enabled": true, "idp_mapping_enabled": true}"#,
                ["saml_auth_enabled": "invalid", "idp_mapping_enabled": "invalid"]
            ),
            (#"{"konnect_mapping_enabled": "no"}"#, ["konnect_mapping_enabled": "invalid"]),
            (#"{"oidc_team_mapping_enabled": true}"#, ["oidc_team_mapping_enabled": "invalid"]),
            (
                #"{"oidc_issuer": "https://idp.example", "oidc_scopes": ["openid"]}"#,
                ["oidc_issuer": "invalid", "oidc_scopes": "invalid"]
            ),
            (#"{"basic_auth_enabled": false, "oidc_client_id": "x"}"#, ["oidc_client_id": "invalid"]),
            (#"{"basic_auth_enabled": "yes"}"#, ["basic_auth_enabled": "is_boolean"]),
        ])
    func otherMethods(body: String, rules: [String: String]) async throws {
        try await TestNode.with { node in
            let answer = try await node.admin(.patch, "/v3/portals/\(node.portal.id)/authentication-settings", body)
            #expect(answer.status == 400)
            #expect(try answer.invalid() == rules)
        }
    }
}
