import Accounts
import Geography
import Synchronization

/// The portals that requests came for, because every request begins with its portal and portals hardly ever change.
///
/// Only the process that serves a geo changes its portals, and each change forgets all that is here.
final class PortalCache: Sendable {
    /// The most portals; beyond that each request reads its own.
    static let capacity = 1000

    private struct State {
        var portals: [PortalSlug: Portal] = [:]
        /// Goes up with each change, so that what was read before one is not kept after it.
        var changes = 0
    }

    private let state = Mutex(State())

    /// The portal of a host, from here or by `read`.
    func portal(with slug: PortalSlug, read: () async throws -> Portal?) async throws -> Portal? {
        let (known, changes) = state.withLock { ($0.portals[slug], $0.changes) }
        if let known { return known }
        guard let portal = try await read() else { return nil }
        state.withLock { state in
            if state.changes == changes, state.portals.count < Self.capacity { state.portals[slug] = portal }
        }
        return portal
    }

    /// A portal was changed, or is about to be.
    func forget() {
        state.withLock { state in
            state.portals = [:]
            state.changes += 1
        }
    }
}
