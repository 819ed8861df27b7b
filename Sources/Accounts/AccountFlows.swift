import Crypto
import Geography

/// Everything that can be done with accounts in one geo: the use cases, wired to what they need.
///
/// ```swift
/// let flows = AccountFlows(
///     geo: geo, topology: topology, store: store, hasher: hasher, clock: SystemClock(), secret: store.derivedKey(for: "accounts"))
/// try await flows.registration.register(fullName: "Jane Doe", email: "jane@example.com", at: portal)
/// ```
public struct AccountFlows: Sendable {
    public typealias Store = AccountStore & PortalStore & PortalImageStore & MailTemplateStore & MailQueueStore & CatalogStore
        & SessionStore
        & AdminStore & ConsoleStore & AuditStore & ThrottleStore & SignOnStore

    public let portals: PortalAdministration
    public let looks: LookAdministration
    public let mailTemplates: MailTemplateAdministration
    /// What waits in the outbox, and what was given up.
    public let mailQueue: MailQueue
    public let mailSenders: MailSenderAdministration
    /// What admins do with the catalog.
    public let catalog: CatalogPublication
    /// What developers read in it.
    public let catalogReading: CatalogReading
    public let registration: Registration
    public let verification: EmailVerification
    public let passwords: PasswordSetting
    public let recovery: PasswordRecovery
    public let logIn: LogIn
    public let sessions: SessionAccess
    /// Log-in through a company's identity provider.
    public let signOn: SignOn
    public let identityProviders: IdentityProviderAdministration
    public let teamMappings: TeamMappingAdministration
    /// Who developers are at providers.
    public let identities: KnownIdentities
    public let ownAccount: OwnAccount
    public let approval: Approval
    public let invitation: Invitation
    public let admins: AdminAccess
    /// How admins get into the console.
    public let console: ConsoleAccess
    public let auditLog: AuditLog
    public let links: PortalLinks
    public let organization: Organization
    private let throttle: Throttle
    private let store: any Store

    /// - Parameters:
    ///   - secret: of this geo, the same after a restart; knows addresses, clients and browsers again of which only a hash is kept.
    ///   - specifications: reads the documents of APIs.
    ///   - providers: asks identity providers.
    ///   - mailWriter: knows the usual texts of mails.
    ///   - mailsUnderWay: what the delivery is sending at the moment.
    public init(
        geo: Geo, topology: Topology, store: any Store, hasher: any PasswordHasher, clock: any WallClock, secret: SymmetricKey,
        policy: AccountPolicy = AccountPolicy(), specifications: any SpecificationReader = NoSpecifications(),
        mailWriter: any MailWriter = NoMailWriter(),
        providers: any IdentityProviderClient = NoIdentityProviders(), mailsUnderWay: MailsUnderWay = MailsUnderWay()
    ) {
        let mint = Mint(geo: geo, clock: clock)
        links = PortalLinks(topology: topology, geo: geo.id)
        organization = Organization(domain: topology.domain)
        let correspondence = Correspondence(links: links, mint: mint)
        let throttle = Throttle(policy: policy.throttle, secret: secret, clock: clock)
        let devices = KnownDevices(secret: secret)
        portals = PortalAdministration(store: store, catalog: store, mint: mint, clock: clock, links: links)
        looks = LookAdministration(store: store, clock: clock)
        mailTemplates = MailTemplateAdministration(
            store: store, writer: mailWriter, mint: mint, clock: clock, links: links, allowance: TestMailAllowance(secret: secret)
        )
        mailQueue = MailQueue(store: store, clock: clock, underWay: mailsUnderWay)
        mailSenders = MailSenderAdministration(
            store: store, mint: mint, clock: clock, domains: policy.mailSenderDomains)
        catalog = CatalogPublication(
            store: store, specifications: specifications, mint: mint, clock: clock, maximumDocumentBytes: policy.documentBytes)
        catalogReading = CatalogReading(store: store)
        registration = Registration(store: store, mint: mint, clock: clock, correspondence: correspondence, policy: policy)
        verification = EmailVerification(store: store, mint: mint, clock: clock, policy: policy)
        passwords = PasswordSetting(
            store: store, hasher: hasher, clock: clock, correspondence: correspondence, devices: devices)
        recovery = PasswordRecovery(store: store, mint: mint, clock: clock, correspondence: correspondence, policy: policy)
        logIn = LogIn(
            store: store, hasher: hasher, mint: mint, clock: clock, policy: policy, throttle: throttle, devices: devices)
        sessions = SessionAccess(store: store, mint: mint, clock: clock, lifetimes: policy.sessions)
        let sealing = SignOnSealing(secret: secret)
        signOn = SignOn(
            store: store, client: providers, sealing: sealing, mint: mint, clock: clock, lifetimes: policy.sessions, links: links)
        identityProviders = IdentityProviderAdministration(
            store: store, client: providers, sealing: sealing, mint: mint, clock: clock, links: links)
        teamMappings = TeamMappingAdministration(store: store, mint: mint, clock: clock)
        identities = KnownIdentities(store: store, sealing: sealing)
        ownAccount = OwnAccount(
            store: store, identities: identities, hasher: hasher, clock: clock, correspondence: correspondence, throttle: throttle
        )
        approval = Approval(store: store, clock: clock, correspondence: correspondence)
        invitation = Invitation(store: store, mint: mint, clock: clock, correspondence: correspondence, policy: policy)
        admins = AdminAccess(store: store, mint: mint, clock: clock)
        console = ConsoleAccess(
            store: store, hasher: hasher, mint: mint, clock: clock, policy: policy, throttle: throttle, secret: secret,
            correspondence: correspondence, links: links)
        auditLog = AuditLog(store: store)
        self.throttle = throttle
        self.store = store
    }

    /// Takes up what an earlier run wrote down; before the first log-in.
    public func resume() async throws {
        let records = try await store.throttleRecords()
        throttle.restore(records)
        mailTemplates.allowance.restore(records, of: try await store.admins().map(\.id))
    }
}
