import Geography

/// The metrics in the Prometheus text exposition format, version 0.0.4.
struct MetricsPage {
    let metrics: RouterMetrics
    let nodes: UpstreamDirectory

    static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    func render() -> String {
        var text = ""
        renderRequests(to: &text)
        renderViolations(to: &text)
        Self.head("portolan_router_requests_in_flight", "gauge", "Requests that are being worked on.", to: &text)
        text += "portolan_router_requests_in_flight \(metrics.requestsInFlight.value)\n"
        Self.head("portolan_router_connections", "gauge", "Open connections of clients.", to: &text)
        text += "portolan_router_connections \(metrics.connections.value)\n"
        Self.head("portolan_router_connections_refused_total", "counter", "Connections refused at the limit.", to: &text)
        text += "portolan_router_connections_refused_total \(metrics.connectionsRefused.value)\n"
        Self.head(
            "portolan_router_http2_failures_total", "counter", "HTTP/2 connections ended for a flood of frames or an error.",
            to: &text)
        text += "portolan_router_http2_failures_total \(metrics.http2Failures.value)\n"
        Self.head("portolan_router_body_bytes_total", "counter", "Bytes of bodies, by direction.", to: &text)
        text += "portolan_router_body_bytes_total{direction=\"in\"} \(metrics.bytesReceived.value)\n"
        text += "portolan_router_body_bytes_total{direction=\"out\"} \(metrics.bytesSent.value)\n"
        renderUpstreams(to: &text)
        return text
    }

    private func renderRequests(to text: inout String) {
        Self.head(
            "portolan_router_requests_total", "counter", "Requests answered, by geo, route class and status class.", to: &text)
        for geo in metrics.geos { renderRequests(geo.requests, geo: geo.geo.value, to: &text) }
        renderRequests(metrics.unrouted, geo: "none", to: &text)
    }

    private func renderRequests(_ counters: RequestCounters, geo: String, to text: inout String) {
        for routeClass in RouteClass.allCases {
            for outcome in 1...RequestCounters.outcomes {
                let count = counters[routeClass, outcome].value
                guard count > 0 else { continue }
                text +=
                    "portolan_router_requests_total{geo=\"\(geo)\",route=\"\(routeClass.name)\",status=\"\(outcome)xx\"} \(count)\n"
            }
        }
    }

    private func renderViolations(to text: inout String) {
        Self.head(
            "portolan_router_residency_violations_total", "counter",
            "Requests refused because they carried something of another geo, by the place where it stood.", to: &text)
        for geo in metrics.geos {
            for place in ResidencyRules.Place.allCases {
                let count = geo.violations(place).value
                text += "portolan_router_residency_violations_total{geo=\"\(geo.geo)\",place=\"\(place.rawValue)\"} \(count)\n"
            }
        }
        Self.head(
            "portolan_router_responses_blocked_total", "counter",
            "Answers of nodes held back because they reached into another geo.", to: &text)
        for geo in metrics.geos {
            for kind in ResponseRules.Violation.allCases {
                let count = geo.violations(kind).value
                text += "portolan_router_responses_blocked_total{geo=\"\(geo.geo)\",field=\"\(kind.rawValue)\"} \(count)\n"
            }
        }
    }

    private func renderUpstreams(to text: inout String) {
        Self.head(
            "portolan_router_upstream_connect_failures_total", "counter", "Failed attempts to connect to a node.", to: &text)
        for geo in metrics.geos {
            text += "portolan_router_upstream_connect_failures_total{geo=\"\(geo.geo)\"} \(geo.connectFailures.value)\n"
        }
        Self.head("portolan_router_upstream_healthy", "gauge", "Whether a node passed its last check.", to: &text)
        for node in nodes.all {
            let healthy = node.condition == .up ? 1 : 0
            text += "portolan_router_upstream_healthy{geo=\"\(node.geo)\",node=\"\(node.address.service)\"} \(healthy)\n"
        }
    }

    private static func head(_ name: String, _ type: String, _ help: String, to text: inout String) {
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
    }
}
