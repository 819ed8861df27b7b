extension MetricsPage {
    func renderTLS(to text: inout String) {
        Self.head(
            "portolan_router_tls_refused_total", "counter", "Connections refused before their first request, by reason.",
            to: &text)
        for reason in TLSRefusal.allCases {
            text += "portolan_router_tls_refused_total{reason=\"\(reason.rawValue)\"} \(metrics.refused(reason).value)\n"
        }
        Self.head(
            "portolan_router_relayed_connections_total", "counter", "Connections relayed unread to a geo's ingress.", to: &text)
        for geo in metrics.geos {
            text += "portolan_router_relayed_connections_total{geo=\"\(geo.geo)\"} \(geo.relay.connections.value)\n"
        }
        Self.head("portolan_router_relayed_bytes_total", "counter", "Bytes relayed unread, by direction.", to: &text)
        for geo in metrics.geos {
            text += "portolan_router_relayed_bytes_total{geo=\"\(geo.geo)\",direction=\"in\"} \(geo.relay.fromClients.value)\n"
            text += "portolan_router_relayed_bytes_total{geo=\"\(geo.geo)\",direction=\"out\"} \(geo.relay.toClients.value)\n"
        }
        guard let certificates else { return }
        Self.head(
            "portolan_router_certificate_expires_timestamp_seconds", "gauge", "When the certificate in use ends.", to: &text)
        for (owner, seconds) in certificates.expirations {
            text += "portolan_router_certificate_expires_timestamp_seconds{geo=\"\(owner)\"} \(seconds)\n"
        }
    }
}
