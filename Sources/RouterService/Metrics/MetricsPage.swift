import Geography

/// The metrics in the Prometheus text exposition format, version 0.0.4.
struct MetricsPage {
    let metrics: RouterMetrics
    let nodes: UpstreamDirectory
    let identity: RouterIdentity?
    /// nil without TLS.
    let certificates: ServerCertificates?

    static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    func render() -> String {
        var text = ""
        renderRequests(to: &text)
        renderDurations(to: &text)
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
        Self.head("portolan_router_client_limited_total", "counter", "Refused at the limits per client, by kind.", to: &text)
        text += "portolan_router_client_limited_total{kind=\"connection\"} \(metrics.clientConnectionsRefused.value)\n"
        text += "portolan_router_client_limited_total{kind=\"request\"} \(metrics.clientRequestsRefused.value)\n"
        Self.head("portolan_router_body_bytes_total", "counter", "Bytes of bodies, by direction.", to: &text)
        text += "portolan_router_body_bytes_total{direction=\"in\"} \(metrics.bytesReceived.value)\n"
        text += "portolan_router_body_bytes_total{direction=\"out\"} \(metrics.bytesSent.value)\n"
        renderDroppedFields(to: &text)
        renderUpstreams(to: &text)
        renderTLS(to: &text)
        Self.head("portolan_router_topology_loads_total", "counter", "Readings of the topology, by outcome.", to: &text)
        text += "portolan_router_topology_loads_total{outcome=\"loaded\"} \(metrics.topologyLoads.value)\n"
        text += "portolan_router_topology_loads_total{outcome=\"refused\"} \(metrics.topologyRefusals.value)\n"
        Self.head("portolan_router_topology_loaded_timestamp_seconds", "gauge", "When the topology was loaded.", to: &text)
        text += "portolan_router_topology_loaded_timestamp_seconds \(metrics.topologyLoadedAt)\n"
        renderProcess(to: &text)
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

    private func renderDurations(to text: inout String) {
        let name = "portolan_router_request_duration_seconds"
        Self.head(name, "histogram", "From the end of a request's head to the end of its answer.", to: &text)
        for geo in metrics.geos {
            var count = 0
            for bucket in geo.durations.cumulative {
                let bound = bucket.bound.map { "\(Double($0.nanoseconds) / 1e9)" } ?? "+Inf"
                text += "\(name)_bucket{geo=\"\(geo.geo)\",le=\"\(bound)\"} \(bucket.count)\n"
                count = bucket.count
            }
            text += "\(name)_sum{geo=\"\(geo.geo)\"} \(geo.durations.seconds)\n"
            text += "\(name)_count{geo=\"\(geo.geo)\"} \(count)\n"
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

    private func renderDroppedFields(to text: inout String) {
        Self.head(
            "portolan_router_response_fields_dropped_total", "counter", "Header fields left out of nodes' answers.", to: &text)
        for geo in metrics.geos {
            for field in DroppedField.allCases {
                text +=
                    "portolan_router_response_fields_dropped_total{geo=\"\(geo.geo)\",field=\"\(field.rawValue)\"} \(geo.dropped(field).value)\n"
            }
        }
    }

    private func renderUpstreams(to text: inout String) {
        renderGeos(
            "portolan_router_upstream_connect_failures_total", "counter", "Failed attempts to connect to a node.",
            \.connectFailures, to: &text)
        renderGeos(
            "portolan_router_upstream_retries_total", "counter", "Requests sent once more to a node.", \.retries, to: &text)
        renderGeos(
            "portolan_router_upstream_breaker_opens_total", "counter", "Nodes left out because their exchanges failed.",
            \.breakerOpens, to: &text)
        renderGeos("portolan_router_upstream_queue_length", "gauge", "Requests that wait for a connection.", \.queued, to: &text)
        renderGeos(
            "portolan_router_upstream_queue_refusals_total", "counter", "Requests refused because no connection became free.",
            \.queueRefusals, to: &text)
        Self.head("portolan_router_upstream_outstanding", "gauge", "Requests that a node works on.", to: &text)
        for node in nodes.all {
            text +=
                "portolan_router_upstream_outstanding{geo=\"\(node.geo)\",node=\"\(node.address.service)\"} \(node.outstanding)\n"
        }
        Self.head(
            "portolan_router_upstream_identity_failures_total", "counter",
            "Connections in which a node has not proven its identity.", to: &text)
        for geo in metrics.geos {
            text += "portolan_router_upstream_identity_failures_total{geo=\"\(geo.geo)\"} \(geo.identityFailures.value)\n"
        }
        if let identity {
            Self.head(
                "portolan_router_identity_expires_timestamp_seconds", "gauge", "When the router's certificate inside ends.",
                to: &text)
            text += "portolan_router_identity_expires_timestamp_seconds \(identity.identity.expires)\n"
        }
        Self.head("portolan_router_upstream_healthy", "gauge", "Whether a node passed its last check.", to: &text)
        for node in nodes.all {
            let healthy = node.condition == .up ? 1 : 0
            text += "portolan_router_upstream_healthy{geo=\"\(node.geo)\",node=\"\(node.address.service)\"} \(healthy)\n"
        }
    }

    private func renderGeos(
        _ name: String, _ type: String, _ help: String, _ counter: (GeoMetrics) -> Counter, to text: inout String
    ) {
        Self.head(name, type, help, to: &text)
        for geo in metrics.geos { text += "\(name){geo=\"\(geo.geo)\"} \(counter(geo).value)\n" }
    }

    static func head(_ name: String, _ type: String, _ help: String, to text: inout String) {
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
    }
}
