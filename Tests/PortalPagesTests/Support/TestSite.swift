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
import PortalPages
import Testing

/// One portal of one geo with its pages, on an in-memory store, with cheap passwords.
struct TestSite {
    static let password = "correct horse battery"

    let store: InMemoryStore
    let clock = ManualClock()
    let log = LogRecorder()
    let providers = ScriptedProviders()
    let flows: AccountFlows
    let portal: Portal
    let pages: PortalPages

    static let topology = """
        domain: example.com
        geos:
          - {id: eu, number: 1, name: Europe, nodes: [{address: "127.0.0.1:9101"}]}
        """

    init(
        name: String = "Acme", autoApprove: Bool = false, authenticationEnabled: Bool = true, mails: KeptMails? = nil,
        hasher: any PasswordHasher = ScryptPasswordHasher(cost: ScryptCost(logRounds: 10, parallelism: 1))
    ) async throws {
        store = InMemoryStore(clock: clock)
        let topology = try Topology(yaml: Self.topology, named: "topology.yaml")
        let geo = try #require(topology.geo(try GeoID("eu")))
        flows = AccountFlows(
            geo: geo, topology: topology, store: store, hasher: hasher, clock: clock, secret: SymmetricKey(size: .bits256),
            specifications: AnyDocument(), providers: providers)
        var draft = PortalDraft(name: name)
        draft.autoApproveDevelopers = autoApprove
        draft.authenticationEnabled = authenticationEnabled
        portal = try await flows.portals.create(draft, by: .operator)
        let log = log
        pages = try PortalPages(
            flows: flows, mailbox: mails, formKey: SymmetricKey(data: Data(repeating: 7, count: 32)), geoName: geo.name,
            clock: clock,
            logger: Logger(label: "test") { _ in log })
    }

    /// Runs a test against the pages of the portal, or of another one of this geo, as the node serves them.
    func browse(_ other: Portal? = nil, _ test: @escaping @Sendable (Browser) async throws -> Void) async throws {
        try await serve(other ?? portal) { client in try await test(Browser(client)) }
    }

    /// The same with two browsers.
    func browseTogether(_ test: @escaping @Sendable (Browser, Browser) async throws -> Void) async throws {
        try await serve(portal) { client in try await test(Browser(client), Browser(client)) }
    }

    private func serve(_ portal: Portal, _ test: @escaping @Sendable (any TestClientProtocol) async throws -> Void) async throws {
        let router = Router(context: NodeRequestContext.self)
        router.add(middleware: HostPortal(portal: portal.id, store: store))
        pages.addRoutes(to: router)
        try await Application(router: router, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
            .test(.router) { client in try await test(client) }
    }

    // MARK: People and what they get

    /// The mails to an address, oldest first.
    func mails(to address: String) async throws -> [AccountMessage.Content] {
        let recipient = try EmailAddress(address)
        return await store.mails.filter { $0.recipient == recipient }.map(\.message.content)
    }

    /// The path of the link in the newest mail to an address.
    func mailedPath(to address: String) async throws -> String {
        let link =
            switch try await mails(to: address).last {
            case .verifyEmail(_, let link, _), .resetPassword(_, let link, _): link
            default: ""
            }
        let path = link.replacing(flows.links.home(of: portal), with: "")
        try #require(path.hasPrefix("/"))
        return path
    }

    /// A developer with a password; approved where the portal approves by itself.
    @discardableResult
    func member(_ address: String, name: String = "Jane Doe") async throws -> Developer {
        try await flows.registration.register(fullName: name, email: address, at: portal)
        let token = try #require(try await mailedPath(to: address).split(separator: "=").last)
        let verified = try await flows.verification.verify(token: String(token), at: portal)
        try await flows.passwords.setPassword(Self.password, token: verified.passwordToken.description, at: portal)
        return try #require(await store.developer(with: EmailAddress(address), in: portal.id))
    }

    @discardableResult
    func publish(
        _ name: String, version: String? = nil, description: String? = nil, _ visibility: Visibility = .public,
        document: String? = nil
    ) async throws -> PublishedAPI {
        let draft = APIDraft(
            name: name, version: version.map(APIDraft.Text.text), description: description.map(APIDraft.Text.text))
        let api = try await flows.catalog.create(draft, document: document.map { Array($0.utf8) }, by: .operator)
        try await flows.catalog.publish(api.id, to: portal.id, visibility: visibility, by: .operator)
        return api
    }
}

extension Browser {
    /// Logs in by the form.
    @discardableResult
    func logIn(_ address: String, _ password: String = TestSite.password) async throws -> WebPage {
        try await fill("/login", ["email": address, "password": password])
    }
}

/// Stands for the node, which knows the portal of each host.
private struct HostPortal: RouterMiddleware {
    let portal: PortalID
    let store: InMemoryStore

    func handle(
        _ request: Request, context: NodeRequestContext, next: (Request, NodeRequestContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        context.portal = await store.portal(portal)
        return try await next(request, context)
    }
}
