import Accounts
import Geography
import Languages
import Testing

/// A store with one portal, and builders for what a case puts into it.
public struct StoreBench: Sendable {
    /// The geo whose store a host opens.
    public static let geo: Geo = {
        let address = NodeAddress(service: SocketEndpoint(host: "127.0.0.1", port: 9101), admin: nil)
        guard let id = try? GeoID("eu"), let number = try? GeoNumber(1) else { preconditionFailure("eu and 1 make a geo") }
        return Geo(id: id, number: number, name: "Europe", nodes: [address])
    }()

    static let now = Timestamp(milliseconds: 1_790_000_000_123)

    let host: any StoreHost
    let store: any ConformingStore
    let portal: Portal
    let mint = Mint(geo: StoreBench.geo, clock: SteppingClock(from: StoreBench.now))

    init(host: any StoreHost) async throws {
        self.host = host
        store = try await host.open()
        portal = try Self.portal("acme", id: mint.id())
        try await store.create(portal)
    }

    var now: Timestamp { Self.now }

    // MARK: Builders

    static func portal(_ slug: String, name: String? = nil, id: PortalID) throws -> Portal {
        Portal(id: id, slug: try PortalSlug(slug), name: name ?? slug, displayName: slug, createdAt: now, updatedAt: now)
    }

    /// A second portal of the same store.
    func otherPortal() async throws -> Portal {
        let portal = try Self.portal("other", id: mint.id())
        try await store.create(portal)
        return portal
    }

    func developer(
        _ address: String = "jane@example.com", at portal: Portal? = nil, name: String = "Jane Doe",
        status: DeveloperStatus = .approved, isVerified: Bool = true, language: Language? = nil,
        origin: DeveloperOrigin = .registration
    ) throws -> Developer {
        Developer(
            id: mint.id(), portal: (portal ?? self.portal).id, email: try EmailAddress(address), fullName: try FullName(name),
            status: status, verifiedAt: isVerified ? now : nil,
            passwordHash: PasswordHash(phc: "$scrypt$ln=10,r=8,p=1$c2FsdHNhbHQ$aGFzaGhhc2g"), origin: origin, language: language,
            createdAt: now,
            updatedAt: now)
    }

    func token(_ purpose: OneTimeToken.Purpose = .verifyEmail) -> OneTimeToken {
        OneTimeToken(hash: TokenHash(of: mint.oneTimeToken()), purpose: purpose, expiresAt: now.adding(.seconds(3600)))
    }

    /// Access for a minute, refresh for an hour.
    func tokens() -> SessionTokenHashes {
        SessionTokenHashes(
            access: TokenHash(of: mint.credential(.portalAccess)), refresh: TokenHash(of: mint.credential(.portalRefresh)),
            accessExpiresAt: now.adding(.seconds(60)), refreshExpiresAt: now.adding(.seconds(3600)))
    }

    func session(_ tokens: SessionTokenHashes, origin: SessionOrigin? = nil) -> NewSession {
        NewSession(id: mint.id(), tokens: tokens, createdAt: now, origin: origin)
    }

    func mail(to address: String = "jane@example.com", at moment: Timestamp? = nil) throws -> OutboxMail {
        let content = AccountMessage.Content.approved(name: "Jane Doe", logInLink: "https://acme.example/login")
        let message = AccountMessage(portalName: "Acme", portalLink: "https://acme.example", content: content)
        return OutboxMail(id: mint.id(), recipient: try EmailAddress(address), message: message, createdAt: moment ?? now)
    }

    // MARK: Steps

    /// Writes a change of a developer, known or new.
    func write(_ developer: Developer, _ fill: (inout AccountChange) -> Void = { _ in }) async throws {
        var change = AccountChange(developer: developer)
        fill(&change)
        let written = change
        try await store.step(on: .developer(developer.id), in: developer.portal) { _ in AccountDecision(written) }
    }

    /// What a step sees.
    func snapshot(of key: AccountKey, at portal: Portal? = nil) async throws -> AccountSnapshot {
        try await store.step(on: key, in: (portal ?? self.portal).id) { AccountDecision($0) }
    }

    /// How many of several tasks, all started at once, answer yes.
    func count(of tasks: Int, _ work: @escaping @Sendable () async throws -> Bool) async throws -> Int {
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<tasks { group.addTask { try await work() } }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
    }
}

/// What a case throws where a decision has to fail.
struct Refusal: Error, Equatable {}
