import ChildProcesses
import Foundation
import IdentityProviders
import Testing

@Suite("residency row 12: geos that use one identity provider share nothing", .timeLimit(.minutes(5)))
struct SharedProviderTests {
    @Test("one person at one provider is a developer of each geo, and neither geo's way back, session or code opens the other")
    func onePerson() async throws {
        try await TestProvider.serving { provider in
            try await RunningCluster.with { cluster in
                let eu = try await GeoWithProvider(geo: "eu", of: cluster, provider: provider)
                let us = try await GeoWithProvider(geo: "us", of: cluster, provider: provider)
                let (inEurope, inAmerica) = (try await eu.logIn(), try await us.logIn())
                let people = [try await eu.me(inEurope), try await us.me(inAmerica)]
                #expect(people.map { $0["email"] as? String } == ["jane@example.com", "jane@example.com"])
                #expect(people[0]["id"] as? String != people[1]["id"] as? String)

                // The session of one geo at the other: the router lets nothing through.
                #expect(try await us.portal.with(cookies: inEurope).get("/api/v3/developer/me").status == 403)

                // The way back: the host is the geo's own, and the state names the geo.
                let departure = try await eu.depart()
                #expect(departure.redirect == "\(try cluster.geo("eu").portalUrl)/login")
                let arrival = try await eu.visit(departure)
                #expect(try await us.portal.with(cookies: departure.cookies).get(arrival).status == 403)
                #expect(try await us.portal.get(arrival).status == 403)

                // A code that was given for one geo, brought to the other with a state of its own.
                let other = try await us.depart()
                let code = try #require(Self.parameter("code", of: arrival))
                let stolen = "/login?code=\(code)&state=\(other.state)&iss=\(provider.issuer)"
                #expect(try await us.portal.with(cookies: other.cookies).get(stolen).status == 502)

                // Refused elsewhere, it is still good where it belongs, once.
                let own = try await eu.portal.with(cookies: departure.cookies).get(
                    try await eu.visit(departure))
                #expect(own.status == 302)
            }
        }
    }

    @Test("who logs in through the provider in eu leaves no trace in us, at the router or in a log")
    func canary() async throws {
        let canary = "qz\(UInt32.random(in: 1_000_000_000...UInt32.max))"
        try await TestProvider.serving { provider in
            try await RunningCluster.with { cluster in
                let eu = try await GeoWithProvider(geo: "eu", of: cluster, provider: provider)
                let us = try await GeoWithProvider(geo: "us", of: cluster, provider: provider)
                _ = try await us.logIn()
                provider.update { settings in
                    settings.subject = "subject-\(canary)"
                    settings.session = "session-\(canary)"
                    settings.claims = [
                        "email": "mail-\(canary)@example.com", "name": "Name \(canary)", "groups": ["group-\(canary)"],
                    ]
                }
                _ = try await eu.me(eu.logIn())
                provider.update { $0.trick = .wrongSignature }
                let departure = try await eu.depart()
                #expect(try await eu.portal.with(cookies: departure.cookies).get(eu.visit(departure)).status == 502)
                // The other geo asks the same provider, about somebody else.
                provider.update { settings in
                    settings.trick = nil
                    settings.subject = "bo"
                    settings.session = "session-bo"
                    settings.claims = ["email": "bo@example.com", "name": "Bo"]
                }
                _ = try await us.me(us.logIn())

                #expect(try CanaryScan(canary).hits(in: [cluster.geo("eu").node.data]).isEmpty == false)
                var places = [cluster.description.router.log, try cluster.geo("eu").node.log]
                for geo in ["us", "au"] { places += [try cluster.geo(geo).node.data, try cluster.geo(geo).node.log] }
                #expect(try CanaryScan(canary).hits(in: places) == [])
            }
        }
    }

    static func parameter(_ name: String, of address: String) -> String? {
        URLComponents(string: address)?.queryItems?.first { $0.name == name }?.value
    }
}

/// A geo of a cluster whose portal uses a provider, and a browser that goes there and back.
private struct GeoWithProvider {
    struct Departure {
        let address: String
        let cookies: [String]
        let redirect: String
        let state: String
    }

    let portal: Site
    private let provider: TestProvider

    init(geo: String, of cluster: RunningCluster, provider: TestProvider) async throws {
        self.provider = provider
        portal = try cluster.portal(geo)
        let config: [String: Any] = [
            "issuer_url": provider.issuer, "client_id": "portal", "client_secret": "a secret of the test's client",
        ]
        let answer = try await cluster.management(geo).send(
            "POST", "/v3/portals/\(cluster.geo(geo).portalId)/identity-providers",
            json: ["type": "oidc", "enabled": true, "config": config])
        #expect(answer.status == 201)
    }

    func depart() async throws -> Departure {
        let answer = try await portal.get("/login/sso")
        #expect(answer.status == 302)
        let address = try #require(answer.headers.first(name: "location"))
        return Departure(
            address: address, cookies: answer.cookies,
            redirect: try #require(SharedProviderTests.parameter("redirect_uri", of: address)),
            state: try #require(SharedProviderTests.parameter("state", of: address)))
    }

    /// Logs in at the provider; returns the path with which the browser comes back.
    func visit(_ departure: Departure) async throws -> String {
        let authority = provider.issuer.replacing("http://", with: "")
        let path = departure.address.replacing(provider.issuer, with: "")
        let location = try #require(
            try await Site(connect: authority, host: authority).get(path).headers.first(name: "location"))
        return location.replacing(departure.redirect, with: "/login")
    }

    /// The whole way; returns the session's cookies.
    func logIn() async throws -> [String] {
        let departure = try await depart()
        let answer = try await portal.with(cookies: departure.cookies).get(visit(departure))
        #expect(answer.status == 302)
        return answer.cookies
    }

    func me(_ cookies: [String]) async throws -> [String: Any] {
        let answer = try await portal.with(cookies: cookies).get("/api/v3/developer/me")
        #expect(answer.status == 200)
        return try answer.json()
    }
}
