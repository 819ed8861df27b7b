import Accounts
import Foundation
import IdentityProviders
import Testing

@testable import SingleSignOn

/// What providers of other makes write otherwise, all of it allowed.
@Suite("Dialects of OpenID providers", .timeLimit(.minutes(2)))
struct ProviderDialectTests {
    @Test("keys without id, use and algorithm are found among keys for encryption and of unknown kinds")
    func bareKeys() async throws {
        for names in [true, false] {
            try await TestProvider.serving(keys: [SigningKey(.rs256, id: "1")]) { provider in
                provider.update { settings in
                    settings.namesKey = names
                    settings.changesKey = { key in for name in ["kid", "use", "alg"] { key[name] = nil } }
                    settings.furtherKeys = [
                        ["kty": "RSA", "use": "enc", "kid": "1", "n": "AQAB", "e": "AQAB"], ["kty": "AKP", "kid": "1"],
                        ["kty": "oct", "k": "c2VjcmV0"], ["kid": "no kind"],
                    ]
                }
                try await RelyingParty(at: provider).logIn()
            }
        }
    }

    @Test("several audiences with this client as the party, fractions of seconds, and unknown claims")
    func audiences() async throws {
        try await TestProvider.serving { provider in
            provider.update { settings in
                settings.changesToken = { claims in
                    claims["aud"] = ["project", "portal"]
                    claims["azp"] = "portal"
                    claims["iat"] = Date().timeIntervalSince1970
                    claims["at_hash"] = "x"
                    claims["amr"] = ["pwd"]
                }
            }
            try await RelyingParty(at: provider).logIn()
        }
    }

    @Test(
        "whether an address is verified is read in every form that is written",
        arguments: [("true", true), ("True", true), ("false", false)])
    func verified(text: String, isVerified: Bool) async throws {
        try await TestProvider.serving { provider in
            provider.update { $0.claims = ["email": "jane@example.com", "email_verified": text] }
            let person = try await RelyingParty(at: provider).logIn()
            #expect(person.isEmailVerified == isVerified)
        }
    }

    @Test("claims inside others are found by their way, and names with dots by themselves")
    func mappedClaims() throws {
        let text = """
            {"realm_access": {"roles": ["a", "b"]}, "https://acme.example/groups": ["c"], "urn:roles": {"dev": {"1": "x"}, "ops": {}},
             "profile": {"mail": "jane@example.com", "none": null}, "one": "d"}
            """
        let claims = try JSONDecoder().decode(TokenClaims.self, from: Data(text.utf8))
        #expect(claims.mapped("realm_access.roles")?.names == ["a", "b"])
        #expect(claims.mapped("https://acme.example/groups")?.names == ["c"])
        #expect(claims.mapped("urn:roles")?.names == ["dev", "ops"])
        #expect(claims.mapped("profile.mail")?.text == "jane@example.com")
        #expect(claims.mapped("one")?.names == ["d"])
        for name in ["profile.none", "profile.mail.deeper", "missing", "", ".", "realm_access."] {
            #expect(claims.mapped(name) == nil, "\(name)")
        }
    }

    @Test("a userinfo answer may be a signed token, and is no good with another's signature or for another client")
    func signedUserinfo() async throws {
        try await TestProvider.serving { provider in
            provider.update { settings in
                settings.signsUserinfo = true
                settings.claimsInUserinfoOnly = true
            }
            let person = try await RelyingParty(at: provider).logIn()
            #expect(person.email == "jane@example.com")
        }
    }

    @Test("groups that only the userinfo endpoint tells are taken from there")
    func groupsInUserinfo() async throws {
        try await TestProvider.serving { provider in
            provider.update { settings in
                settings.claims = [
                    "email": "jane@example.com", "name": "Jane", "email_verified": true, "groups": ["developers"],
                ]
                settings.changesToken = { $0["groups"] = nil }
            }
            let person = try await RelyingParty(at: provider).logIn()
            #expect(person.groups == ["developers"])
            // Who is let in does not hang on it.
            provider.update { settings in
                settings.trick = .failing
                settings.place = .userinfo
            }
            let again = try await RelyingParty(at: provider).logIn()
            #expect(again.groups.isEmpty)
        }
    }

    @Test("endpoints that nobody needs may be empty, and members may be of other kinds than usual")
    func metadata() async throws {
        try await TestProvider.serving { provider in
            provider.update {
                $0.metadata = [
                    "userinfo_endpoint": "", "end_session_endpoint": NSNull(), "claims_supported": ["a": 1],
                    "authorization_response_iss_parameter_supported": "true", "mtls_endpoint_aliases": [String: String](),
                ]
            }
            let party = RelyingParty(at: provider)
            try await party.logIn()
            let access = try party.access()
            let address = await party.client.logOutAddress(idToken: "x", returningTo: "https://a.example", at: access)
            #expect(address == nil)
        }
    }

    @Test(
        "metadata are found below the issuer, with a path and with a slash at its end",
        arguments: [
            ("https://id.example", "https://id.example/.well-known/openid-configuration"),
            ("https://tenant.auth.example/", "https://tenant.auth.example/.well-known/openid-configuration"),
            ("https://id.example/realms/acme", "https://id.example/realms/acme/.well-known/openid-configuration"),
            (
                "https://id.example/application/o/portal/",
                "https://id.example/application/o/portal/.well-known/openid-configuration"
            ),
            ("https://id.example:8443/v2.0", "https://id.example:8443/v2.0/.well-known/openid-configuration"),
        ])
    func discovery(issuer: String, address: String) {
        #expect(ProviderMetadata.address(of: issuer) == address)
    }

    @Test("a host's other addresses are tried where one takes no connection, for questions and for codes")
    func addresses() async throws {
        try await TestProvider.serving { provider in
            let names = FixedNames(["127.0.0.2", "::1", "127.0.0.1"])
            let port = provider.issuer.split(separator: ":").last ?? ""
            let http = ProviderHTTP(rules: AddressRules(allowsLoopback: true), limits: ProviderLimits(), names: names)
            let found = try await http.get("http://many.localhost:\(port)/.well-known/openid-configuration")
            #expect(found.status == 200)
            let refused = try await http.post("http://many.localhost:\(port)/token", form: "code=x", authorization: nil)
            #expect(refused.status == 401)
            #expect(provider.requests(of: "/token") == 1)
            let dead = ProviderHTTP(
                rules: AddressRules(allowsLoopback: true), limits: ProviderLimits(),
                names: FixedNames(["127.0.0.2", "127.0.0.3"]))
            await #expect(throws: ProviderFault.unreachable) { try await dead.get("http://many.localhost:\(port)/keys") }
            let mixed = ProviderHTTP(
                rules: AddressRules(allowsLoopback: true), limits: ProviderLimits(), names: FixedNames(["127.0.0.1", "10.0.0.1"]))
            await #expect(throws: ProviderFault.addressNotAllowed) {
                try await mixed.get("http://many.localhost:\(port)/keys")
            }
            #expect(provider.requests(of: "/keys") == 0)
        }
    }

    private struct FixedNames: NameResolution {
        let found: [String]

        init(_ found: [String]) { self.found = found }

        func addresses(of host: String, port: Int) async throws -> [String] { found }
    }
}
