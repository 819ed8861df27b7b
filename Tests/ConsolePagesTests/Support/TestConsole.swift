import Accounts
import AccountsTesting
import Crypto
import Foundation
import Geography
import HTTPConventions
import Hummingbird
import HummingbirdTesting
import Logging
import PagesTesting
import Testing

@testable import ConsolePages

/// The console of one geo with one portal, on an in-memory store, with an admin of each role.
struct TestConsole {
    let store: InMemoryStore
    let clock = ManualClock()
    let underWay = MailsUnderWay()
    let flows: AccountFlows
    let portal: Portal
    let admins: [AdminRole: Admin]
    let pages: ConsolePages

    static let password = "correct horse battery"

    static let topology = """
        domain: example.com
        geos:
          - {id: eu, number: 1, name: Europe, nodes: [{address: "127.0.0.1:9101"}]}
        """

    init(
        requiresSecondFactor: Bool = false, senderDomains: [String] = [],
        providers: any IdentityProviderClient = NoIdentityProviders()
    ) async throws {
        store = InMemoryStore(clock: clock)
        let topology = try Topology(yaml: Self.topology, named: "topology.yaml")
        let geo = try #require(topology.geo(try GeoID("eu")))
        var policy = AccountPolicy()
        policy.console.requiresSecondFactor = requiresSecondFactor
        policy.mailSenderDomains = try #require(MailSenderDomains(senderDomains))
        flows = AccountFlows(
            geo: geo, topology: topology, store: store,
            hasher: ScryptPasswordHasher(cost: ScryptCost(logRounds: 10, parallelism: 1)), clock: clock,
            secret: SymmetricKey(size: .bits256), policy: policy, specifications: AnyDocument(), providers: providers,
            mailsUnderWay: underWay)
        portal = try await flows.portals.create(PortalDraft(name: "Acme"), by: .operator)
        var admins: [AdminRole: Admin] = [:]
        for role in AdminRole.allCases {
            let admin = try await flows.admins.create(email: "\(role)@example.com", role: role, by: .operator)
            let token = try #require(try await flows.console.link(for: admin.email.value).split(separator: "=").last)
            try await flows.console.setPassword(Self.password, token: String(token))
            admins[role] = admin
        }
        self.admins = admins
        pages = try ConsolePages(
            flows: flows, formKey: SymmetricKey(data: Data(repeating: 7, count: 32)), geoName: geo.name, clock: clock,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    /// Runs a test as an admin of a role who has logged in, or as nobody.
    func browse(as role: AdminRole?, _ test: @escaping @Sendable (Browser) async throws -> Void) async throws {
        let router = Router(context: NodeRequestContext.self)
        pages.addRoutes(to: router)
        try await Application(router: router, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
            .test(.router) { client in
                let browser = Browser(client)
                if let role {
                    let typed = ["email": "\(role)@example.com", "password": Self.password]
                    let answer = try await browser.submit(browser.get("/login"), typed)
                    #expect(answer.location == "/")
                }
                try await test(browser)
            }
    }

    /// A developer who has verified the address and waits.
    @discardableResult
    func waiting(_ address: String, name: String = "Jane Doe") async throws -> Developer {
        _ = try await flows.invitation.create(
            fullName: name, email: address, status: .pending, sendsMail: false, at: portal, by: .operator)
        let email = try EmailAddress(address)
        let moment = clock.now
        return try await store.step(on: .address(email), in: portal.id) { account in
            guard var developer = account.developer else { throw AccountError.notFound("developer") }
            developer.verifiedAt = moment
            return AccountDecision(developer, AccountChange(developer: developer))
        }
    }

    /// A mail to somebody who has registered, that waits.
    func waitingMail(_ address: String) async throws -> MailID {
        try await flows.registration.register(fullName: "Mia", email: address, at: portal)
        return try #require(await store.mails.last).id
    }

    /// One thing of each kind that paths name, by the names in the routes.
    func things() async throws -> [String: String] {
        let developer = try await waiting("jane@example.com")
        let api = try await flows.catalog.create(name: "Payments", version: "1", description: nil, by: .operator)
        var draft = IdentityProviderDraft()
        (draft.issuer, draft.clientID) = ("https://login.example", "portal")
        let provider = try await flows.identityProviders.create(draft, of: portal, by: .operator)
        return [
            "provider": "\(provider.id)",
            "mail": "\(try await waitingMail("mia@example.com"))", "portal": portal.slug.value, "developer": "\(developer.id)",
            "api": "\(api.id)",
            "admin": "\(try #require(admins[.viewer]).id)",
        ]
    }

    func status(of developer: Developer) async throws -> DeveloperStatus? {
        await store.developer(developer.id, in: portal.id)?.status
    }
}
