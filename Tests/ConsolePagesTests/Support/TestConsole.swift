import Accounts
import AccountsTesting
import Crypto
import Foundation
import Geography
import HTTPConventions
import Hummingbird
import HummingbirdTesting
import Logging
import Synchronization
import Testing

@testable import ConsolePages

/// The console of one geo with one portal, on an in-memory store. Who is logged in is whom a test says.
struct TestConsole {
    let store: InMemoryStore
    let clock = ManualClock()
    let flows: AccountFlows
    let portal: Portal
    let admins: [AdminRole: Admin]
    let pages: ConsolePages
    private let entrance = TestEntrance()

    static let topology = """
        domain: example.com
        geos:
          - {id: eu, number: 1, name: Europe, nodes: [{address: "127.0.0.1:9101"}]}
        """

    init() async throws {
        store = InMemoryStore(clock: clock)
        let topology = try Topology(yaml: Self.topology, named: "topology.yaml")
        let geo = try #require(topology.geo(try GeoID("eu")))
        flows = AccountFlows(
            geo: geo, topology: topology, store: store,
            hasher: ScryptPasswordHasher(cost: ScryptCost(logRounds: 10, parallelism: 1)), clock: clock,
            secret: SymmetricKey(size: .bits256))
        portal = try await flows.portals.create(PortalDraft(name: "Acme"), by: .operator)
        var admins: [AdminRole: Admin] = [:]
        for role in AdminRole.allCases {
            admins[role] = try await flows.admins.create(email: "\(role)@example.com", role: role, by: .operator)
        }
        self.admins = admins
        pages = try ConsolePages(
            flows: flows, entrance: entrance, formKey: SymmetricKey(data: Data(repeating: 7, count: 32)), geoName: geo.name,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    /// Runs a test as an admin of a role, or as nobody.
    func browse(as role: AdminRole?, _ test: @escaping @Sendable (Browser) async throws -> Void) async throws {
        entrance.admin.withLock { $0 = role.flatMap { admins[$0] } }
        let router = Router(context: NodeRequestContext.self)
        pages.addRoutes(to: router)
        try await Application(router: router, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
            .test(.router) { client in try await test(Browser(client)) }
    }

    /// A developer who has verified the address and waits.
    @discardableResult
    func waiting(_ address: String, name: String = "Jane Doe") async throws -> Developer {
        try await flows.invitation.create(
            fullName: name, email: address, status: .pending, sendsMail: false, at: portal, by: .operator)
        let email = try EmailAddress(address)
        let moment = clock.now
        return try await store.step(on: .address(email), in: portal.id) { account in
            guard var developer = account.developer else { throw AccountError.notFound("developer") }
            developer.verifiedAt = moment
            return AccountDecision(developer, AccountChange(developer: developer))
        }
    }

    func status(of developer: Developer) async throws -> DeveloperStatus? {
        try await store.developer(developer.id, in: portal.id)?.status
    }
}

/// Stands for the log-in.
private final class TestEntrance: ConsoleEntrance {
    let admin = Mutex<Admin?>(nil)

    func admin(of request: Request) async throws -> Admin? { admin.withLock { $0 } }
}
