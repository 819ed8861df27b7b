import Geography
import Synchronization

/// What the router counts of TLS and of relayed connections.
final class TLSMetrics: Sendable {
    private let refusals = TLSRefusal.allCases.map { _ in Counter() }
    private let known = Mutex<[GeoID: RelayCounters]>([:])

    func refused(_ reason: TLSRefusal) -> Counter { refusals[TLSRefusal.allCases.firstIndex(of: reason) ?? 0] }

    func relay(_ geo: GeoID) -> RelayCounters {
        known.withLock { known in
            if let found = known[geo] { return found }
            let counters = RelayCounters()
            known[geo] = counters
            return counters
        }
    }

    var relays: [(geo: GeoID, counters: RelayCounters)] {
        known.withLock { $0.map { ($0, $1) } }.sorted { $0.geo < $1.geo }
    }
}
