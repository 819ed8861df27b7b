import Accounts
import AccountsTesting
import Crypto
import Geography
import Testing

/// The flows of one geo with one portal, on an in-memory store, with cheap passwords.
struct Office {
    let store: InMemoryStore
    let clock = ManualClock()
    let secret = SymmetricKey(size: .bits256)
    let flows: AccountFlows
    let portal: Portal

    static let topology = """
        domain: example.com
        geos:
          - {id: eu, number: 1, nodes: [{address: "127.0.0.1:9101"}]}
          - {id: us, number: 2, nodes: [{address: "127.0.0.1:9102"}]}
        """

    init(
        autoApprove: Bool = false, geo: String = "eu", answerInterval: Duration = .zero, senderDomains: [String] = [],
        hasher: any PasswordHasher = Office.cheapHasher(), providers: any IdentityProviderClient = NoIdentityProviders()
    ) async throws {
        store = InMemoryStore(clock: clock)
        let topology = try Topology(yaml: Self.topology, named: "topology.yaml")
        let geo = try #require(topology.geo(try GeoID(geo)))
        var policy = AccountPolicy()
        policy.answerInterval = answerInterval
        policy.mailSenderDomains = try #require(MailSenderDomains(senderDomains))
        flows = AccountFlows(
            geo: geo, topology: topology, store: store, hasher: hasher, clock: clock, secret: secret, policy: policy,
            providers: providers)
        var draft = PortalDraft(name: "Acme")
        draft.autoApproveDevelopers = autoApprove
        portal = try await flows.portals.create(draft, by: .operator)
    }

    /// One for all tests, because each has threads of its own.
    private static let cheap: ScryptPasswordHasher = {
        var limits = ScryptPasswordHasher.Limits()
        limits.queue = 10_000
        return ScryptPasswordHasher(cost: ScryptCost(logRounds: 10, parallelism: 1), limits: limits)
    }()

    static func cheapHasher() -> ScryptPasswordHasher { cheap }

    /// The flows of a node that starts anew on the same store.
    func restarted() async throws -> AccountFlows {
        let topology = try Topology(yaml: Self.topology, named: "topology.yaml")
        let geo = try #require(topology.geo(try GeoID("eu")))
        let flows = AccountFlows(
            geo: geo, topology: topology, store: store, hasher: Self.cheap, clock: clock, secret: secret)
        try await flows.resume()
        return flows
    }

    /// Makes ids of the geo.
    static func mint(_ clock: any WallClock) throws -> Mint {
        let topology = try Topology(yaml: Self.topology, named: "topology.yaml")
        return Mint(geo: try #require(topology.geo(try GeoID("eu"))), clock: clock)
    }

    static let password = "correct horse battery"

    /// Who acts, where it matters that it is an admin.
    func admin() async throws -> AuditActor {
        .admin(try await flows.admins.create(email: "decider@example.com", role: .approver, by: .operator).id)
    }

    /// The mails to an address, oldest first.
    func mails(to address: String) async throws -> [AccountMessage.Content] {
        let recipient = try EmailAddress(address)
        return await store.mails.filter { $0.recipient == recipient }.map(\.message.content)
    }

    /// The token in the newest mail to an address.
    func mailedToken(to address: String) async throws -> String {
        let link =
            switch try await mails(to: address).last {
            case .verifyEmail(_, let link, _), .resetPassword(_, let link, _), .invited(_, let link, _): link
            default: ""
            }
        return String(try #require(link.split(separator: "=").last))
    }

    /// Registers and verifies; returns the token that sets the password.
    func verified(_ address: String) async throws -> String {
        try await flows.registration.register(fullName: "Jane Doe", email: address, at: portal)
        return try await flows.verification.verify(token: mailedToken(to: address), at: portal).passwordToken.description
    }

    /// Registers, verifies and sets the password.
    @discardableResult
    func member(_ address: String) async throws -> Developer {
        try await flows.passwords.setPassword(Self.password, token: verified(address), at: portal)
        return try #require(await store.developer(with: EmailAddress(address), in: portal.id))
    }

    func logIn(_ address: String, _ password: String = Office.password) async throws -> SessionTokens {
        let portal = try #require(await store.portal(portal.id))
        return try await flows.logIn.authenticate(username: address, password: password, at: portal).session
    }
}
