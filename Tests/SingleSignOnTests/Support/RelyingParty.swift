import Accounts
import AccountsTesting
import AsyncHTTPClient
import Geography
import IdentityProviders
import Logging
import NIOCore
import NIOHTTP1
import Testing

@testable import SingleSignOn

/// The relying party under test, and a browser that goes to the provider and back.
struct RelyingParty {
    let provider: TestProvider
    let clock = ManualClock()
    let client: OpenIDConnect
    var authentication = ClientAuthentication.basic
    var secret = "a secret of the test's client"
    var clientID = "portal"

    init(
        at provider: TestProvider, rules: AddressRules = AddressRules(allowsLoopback: true), timeout: Duration = .seconds(20),
        names: any NameResolution = SystemNameResolution()
    ) {
        self.provider = provider
        var limits = ProviderLimits()
        limits.timeout = timeout
        clock.advance(by: clock.distanceToNow)
        client = OpenIDConnect(
            http: ProviderHTTP(rules: rules, limits: limits, names: names), clock: clock,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    func access(issuer: String? = nil) throws -> ProviderAccess {
        let mint = Mint(geo: try Self.geo(), clock: clock)
        let configured = IdentityProvider(
            id: mint.id(), portal: mint.id(), issuer: issuer ?? provider.issuer, clientID: clientID,
            authentication: authentication, createdAt: clock.now, updatedAt: clock.now)
        return ProviderAccess(provider: configured, secret: secret)
    }

    static func geo() throws -> Geo {
        let topology = """
            domain: example.com
            geos:
              - {id: eu, number: 1, nodes: [{address: "127.0.0.1:9101"}]}
            """
        return try #require(try Topology(yaml: topology, named: "topology.yaml").geo(GeoID("eu")))
    }

    static let request = SignOnRequest(
        redirectAddress: "https://acme.example/login", state: "the state", nonce: "the nonce",
        codeVerifier: "0123456789012345678901234567890123456789012")

    /// Goes to the provider's log-in page; returns what comes back.
    func visit(_ request: SignOnRequest = RelyingParty.request) async throws -> SignOnAnswer {
        let address = try await client.address(for: request, at: access())
        var question = HTTPClientRequest(url: address)
        question.method = .GET
        let configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        let http = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        let target = try await http.execute(question, timeout: .seconds(30)).headers.first(name: "location")
        try await http.shutdown()
        let query = try #require(target?.split(separator: "?").last).split(separator: "&").map {
            $0.split(separator: "=", maxSplits: 1)
        }
        let values = Dictionary(uniqueKeysWithValues: query.map { (String($0[0]), String($0[1])) })
        return SignOnAnswer(code: try #require(values["code"]), issuer: values["iss"], request: request)
    }

    /// The whole way.
    @discardableResult
    func logIn() async throws -> ProvenIdentity { try await client.identity(for: visit(), at: access()) }
}

extension ManualClock {
    /// Providers have the real time.
    var distanceToNow: Duration { .milliseconds(SystemClock().now.milliseconds - now.milliseconds) }
}
