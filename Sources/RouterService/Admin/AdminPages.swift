import NIOHTTP1
import Synchronization

/// What the admin listener says: whether the process lives, whether it takes requests, and what it counted.
final class AdminPages: Sendable {
    struct Page {
        let status: HTTPResponseStatus
        let contentType: String
        let body: String
    }

    private let metrics: RouterMetrics
    private let plan: CurrentPlan
    private let identity: RouterIdentity?
    private let certificates: ServerCertificates?
    private let isReady = Atomic<Bool>(false)

    init(metrics: RouterMetrics, plan: CurrentPlan, identity: RouterIdentity?, certificates: ServerCertificates?) {
        self.certificates = certificates
        self.metrics = metrics
        self.plan = plan
        self.identity = identity
    }

    func becomeReady() { isReady.store(true, ordering: .relaxed) }

    func beginToStop() { isReady.store(false, ordering: .relaxed) }

    func page(for target: String, method: HTTPMethod) -> Page {
        guard method == .GET || method == .HEAD else { return text(.methodNotAllowed, "This page can only be read.\n") }
        switch target.prefix(while: { $0 != "?" }) {
        case "/healthz": return text(.ok, "ok\n")
        case "/readyz": return readiness()
        case "/metrics":
            return Page(
                status: .ok, contentType: MetricsPage.contentType,
                body: MetricsPage(metrics: metrics, nodes: plan.value.nodes, identity: identity, certificates: certificates)
                    .render())
        default: return text(.notFound, "The pages here are /healthz, /readyz and /metrics.\n")
        }
    }

    /// Ready means that this router takes requests. A geo without a healthy node does not make the router unready: the
    /// other geos' requests still need it.
    private func readiness() -> Page {
        let ready = isReady.load(ordering: .relaxed)
        let geos = plan.value.nodes.geos.map { geo in
            let healthy = geo.nodes.count { $0.condition == .up }
            return "\"\(geo.geo)\":{\"nodes\":\(geo.nodes.count),\"healthy\":\(healthy)}"
        }
        return Page(
            status: ready ? .ok : .serviceUnavailable, contentType: "application/json",
            body: "{\"status\":\"\(ready ? "ready" : "stopping")\",\"geos\":{\(geos.joined(separator: ","))}}\n")
    }

    private func text(_ status: HTTPResponseStatus, _ body: String) -> Page {
        Page(status: status, contentType: "text/plain; charset=utf-8", body: body)
    }
}
