import Foundation
import Geography
import Synchronization

/// What the router counts: numbers by geo, kind and outcome, never anything of a single request.
final class RouterMetrics: Sendable {
    /// Requests that belong to no geo.
    let unrouted = RequestCounters()
    let bytesReceived = Counter()
    let bytesSent = Counter()
    let requestsInFlight = Counter()
    let connections = Counter()
    let connectionsRefused = Counter()
    private let tlsRefusals = TLSRefusal.allCases.map { _ in Counter() }
    let http2Failures = Counter()
    /// Connections and requests beyond the limits per client.
    let clientConnectionsRefused = Counter()
    let clientRequestsRefused = Counter()
    let topologyLoads = Counter()
    let topologyRefusals = Counter()
    private let topologyTime = Atomic<Int>(0)
    private let known = Mutex<[GeoMetrics]>([])

    /// When the topology was loaded, in seconds since 1970.
    var topologyLoadedAt: Int { topologyTime.load(ordering: .relaxed) }

    func topologyWasLoaded() {
        topologyLoads.add()
        topologyTime.store(Int(Date().timeIntervalSince1970), ordering: .relaxed)
    }

    /// Connections refused for a reason.
    func refused(_ reason: TLSRefusal) -> Counter { tlsRefusals[TLSRefusal.allCases.firstIndex(of: reason) ?? 0] }

    /// In the order in which the geos were first heard of.
    var geos: [GeoMetrics] { known.withLock { $0 } }

    /// The numbers of a geo, which start at zero when it is first asked for.
    func geo(_ id: GeoID) -> GeoMetrics {
        known.withLock { known in
            if let found = known.first(where: { $0.geo == id }) { return found }
            let metrics = GeoMetrics(geo: id)
            known.append(metrics)
            return metrics
        }
    }
}
