import Accounts
import GRDB

extension SQLiteStore: AccountStore {
    public func step<Outcome: Sendable>(
        on key: AccountKey, in portal: PortalID,
        decide: @escaping @Sendable (AccountSnapshot) throws -> AccountDecision<Outcome>
    ) async throws -> Outcome {
        let (sealing, now) = (sealing, clock.now)
        return try await commits.perform { database, effects in
            let step = AccountStep(database: database, portal: portal, sealing: sealing, now: now)
            let snapshot = try step.snapshot(of: key)
            let decision = try decide(snapshot)
            try step.apply(decision.change, to: snapshot.developer, effects: &effects)
            return decision.outcome
        }
    }

    public func developer(with email: EmailAddress, in portal: PortalID) async throws -> Developer? {
        try await read { try $0.developerRow(with: email, in: portal).map(Developer.init(row:)) }
    }

    public func developer(_ id: DeveloperID, in portal: PortalID) async throws -> Developer? {
        try await read { try $0.developerRow(id, in: portal).map(Developer.init(row:)) }
    }

    public func developers(_ ids: Set<DeveloperID>, in portal: PortalID) async throws -> [Developer] {
        try await read { database in
            try ids.compactMap { try database.developerRow($0, in: portal).map(Developer.init(row:)) }
        }
    }

    public func developers(
        in portal: PortalID, matching filter: DeveloperFilter, sortedBy order: DeveloperOrder, page: PageRequest
    ) async throws -> Page<Developer> {
        try await read { database in
            try DeveloperListing(database: database, portal: portal, filter: filter, order: order).page(page)
        }
    }
}
