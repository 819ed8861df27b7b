import Accounts
import GRDB
import Geography

extension SQLiteStore: CatalogStore {
    public func step<Outcome: Sendable>(
        on api: APIID, at portal: PortalID?,
        decide: @escaping @Sendable (CatalogSnapshot) throws -> CatalogDecision<Outcome>
    ) async throws -> Outcome {
        let now = clock.now
        return try await commits.perform { database, _ in
            let step = CatalogStep(database: database, api: api, portal: portal, now: now)
            let snapshot = try step.snapshot()
            let decision = try decide(snapshot)
            try step.apply(decision.change, to: snapshot.api)
            return decision.outcome
        }
    }

    public func api(_ id: APIID) async throws -> PublishedAPI? { try await read { try $0.api(id) } }

    public func apis(_ ids: Set<APIID>) async throws -> [PublishedAPI] {
        try await read { database in try ids.compactMap { try database.api($0) } }
    }

    public func apis(selectedBy selection: APISelection, page: PageRequest) async throws -> Page<PublishedAPI> {
        try await read { try APIListing(database: $0, selection: selection).apis(page) }
    }

    public func document(of api: APIID) async throws -> SpecificationDocument? {
        try await read { try $0.document(of: api) }
    }

    public func publications(of api: APIID?, at portal: PortalID?, page: PageRequest) async throws -> Page<Publication> {
        try await read { try $0.publications(of: api, at: portal, page: page) }
    }

    public func catalog(
        of portal: PortalID, visibleAs visibility: Visibility, selectedBy selection: APISelection, page: PageRequest
    ) async throws -> Page<CatalogEntry> {
        try await read { database in
            try APIListing(database: database, selection: selection).catalog(of: portal, visibleAs: visibility, page)
        }
    }

    public func entry(
        _ name: CatalogEntryName, of portal: PortalID, visibleAs visibility: Visibility
    ) async throws -> CatalogEntry? {
        try await read { try $0.entry(name, of: portal, visibleAs: visibility) }
    }

    public func search(
        _ search: CatalogSearch, in portal: PortalID, visibleAs visibility: Visibility, page: PageRequest
    ) async throws -> Page<CatalogEntry> {
        try await read { database in
            try CatalogSearching(database: database, portal: portal, visibility: visibility, search: search).page(page)
        }
    }

    public func findings(
        of search: CatalogSearch?, in portal: PortalID, visibleAs visibility: Visibility, after place: CatalogFinding.Place?,
        limit: Int
    ) async throws -> CatalogFindings {
        try await read { database in
            try CatalogFindingSearch(database: database, portal: portal, visibility: visibility, search: search)
                .findings(after: place, limit: limit)
        }
    }
}
