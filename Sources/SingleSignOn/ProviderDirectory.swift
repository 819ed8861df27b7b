import Accounts

/// What providers say of themselves, kept for a while: metadata and keys, asked for once however many wait.
actor ProviderDirectory {
    /// The most providers that are remembered; the portals of a geo have few.
    static let capacity = 200

    private struct Entry {
        var metadata: ProviderMetadata
        var keys: ProviderKeys
        var fetchedAt: Timestamp
        /// When the keys were last fetched because of a token, by who sent it.
        var refetchedAt: [TokenSender: Timestamp] = [:]
    }

    /// Who sent a token with an unknown key.
    enum TokenSender {
        /// The provider, in answer to a code.
        case provider
        /// Anybody, by the address for logout tokens.
        case anybody
    }

    typealias Known = (metadata: ProviderMetadata, keys: ProviderKeys)

    private let http: ProviderHTTP
    private let clock: any WallClock
    private var entries: [String: Entry] = [:]
    private var fetches: [String: Task<Entry, any Error>] = [:]
    private var keyFetches: [String: Task<ProviderKeys, any Error>] = [:]

    init(http: ProviderHTTP, clock: any WallClock) {
        self.http = http
        self.clock = clock
    }

    /// Metadata and keys of a provider. Old ones serve for some time where the provider does not answer.
    ///
    /// - Throws: ``ProviderFault``.
    func provider(_ issuer: String) async throws -> Known {
        let known = entries[issuer]
        if let known, clock.now < known.fetchedAt.adding(http.limits.metadataLifetime) { return (known.metadata, known.keys) }
        do {
            let entry = try await fetch(issuer)
            return (entry.metadata, entry.keys)
        } catch {
            let end = http.limits.metadataLifetime + http.limits.metadataGrace
            guard let known, clock.now < known.fetchedAt.adding(end) else { throw error }
            return (known.metadata, known.keys)
        }
    }

    /// Keys that are newer than those with which a token could not be verified; nil where it is too early to ask again, so that nobody
    /// makes us ask by sending tokens. When the set was last read otherwise does not matter: a provider may change its keys right after.
    func newerKeys(of issuer: String, becauseOf sender: TokenSender) async throws -> ProviderKeys? {
        if let running = keyFetches[issuer] { return try await running.value }
        guard let known = entries[issuer] else { return nil }
        let interval = sender == .provider ? http.limits.keyRefetchInterval : http.limits.logOutKeyRefetchInterval
        if let last = known.refetchedAt[sender], clock.now < last.adding(interval) { return nil }
        entries[issuer]?.refetchedAt[sender] = clock.now
        let http = http
        let task = Task { try await Self.keys(at: known.metadata, over: http) }
        keyFetches[issuer] = task
        defer { keyFetches[issuer] = nil }
        let keys = try await task.value
        entries[issuer]?.keys = keys
        return keys
    }

    private func fetch(_ issuer: String) async throws -> Entry {
        if let running = fetches[issuer] { return try await running.value }
        let (http, now) = (http, clock.now)
        let task = Task {
            let metadata = try await Self.metadata(of: issuer, over: http)
            let keys = try await Self.keys(at: metadata, over: http)
            return Entry(metadata: metadata, keys: keys, fetchedAt: now)
        }
        fetches[issuer] = task
        defer { fetches[issuer] = nil }
        var entry = try await task.value
        entry.refetchedAt = entries[issuer]?.refetchedAt ?? [:]
        if entries.count >= Self.capacity { entries = [:] }
        entries[issuer] = entry
        return entry
    }

    static func metadata(of issuer: String, over http: ProviderHTTP) async throws -> ProviderMetadata {
        let answer = try await http.get(ProviderMetadata.address(of: issuer))
        guard answer.status == 200 else { throw ProviderFault.failed }
        return try ProviderMetadata(reading: answer.body, of: issuer, rules: http.rules)
    }

    static func keys(at metadata: ProviderMetadata, over http: ProviderHTTP) async throws -> ProviderKeys {
        let answer = try await http.get(metadata.jwksUri)
        guard answer.status == 200 else { throw ProviderFault.failed }
        return try ProviderKeys(reading: answer.body)
    }
}
