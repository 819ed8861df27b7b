import Geography

/// Everything that can be done with accounts in one geo: the use cases, wired to what they need.
///
/// ```swift
/// let flows = AccountFlows(geo: geo, topology: topology, store: store, hasher: hasher, clock: SystemClock())
/// try await flows.registration.register(fullName: "Jane Doe", email: "jane@example.com", at: portal)
/// ```
public struct AccountFlows: Sendable {
    public typealias Store = AccountStore & PortalStore & SessionStore & AdminStore

    public let portals: PortalAdministration
    public let catalog: CatalogPublication
    public let registration: Registration
    public let verification: EmailVerification
    public let passwords: PasswordSetting
    public let recovery: PasswordRecovery
    public let logIn: LogIn
    public let sessions: SessionAccess
    public let approval: Approval
    public let admins: AdminAccess
    public let links: PortalLinks
    public let organization: Organization

    public init(
        geo: Geo, topology: Topology, store: any Store, hasher: any PasswordHasher, clock: any WallClock,
        policy: AccountPolicy = AccountPolicy()
    ) {
        let mint = Mint(geo: geo, clock: clock)
        links = PortalLinks(topology: topology, geo: geo.id)
        organization = Organization(domain: topology.domain)
        let correspondence = Correspondence(links: links, mint: mint)
        portals = PortalAdministration(store: store, mint: mint, clock: clock)
        catalog = CatalogPublication(store: store, mint: mint, clock: clock)
        registration = Registration(store: store, mint: mint, clock: clock, correspondence: correspondence, policy: policy)
        verification = EmailVerification(store: store, mint: mint, clock: clock, policy: policy)
        passwords = PasswordSetting(store: store, hasher: hasher, clock: clock, correspondence: correspondence)
        recovery = PasswordRecovery(store: store, mint: mint, clock: clock, correspondence: correspondence, policy: policy)
        logIn = LogIn(store: store, hasher: hasher, mint: mint, clock: clock, lifetimes: policy.sessions)
        sessions = SessionAccess(store: store, mint: mint, clock: clock, lifetimes: policy.sessions)
        approval = Approval(store: store, clock: clock, correspondence: correspondence)
        admins = AdminAccess(store: store, mint: mint, clock: clock)
    }
}
