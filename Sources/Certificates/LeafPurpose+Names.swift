import Geography
import X509

extension LeafPurpose {
    /// What the certificate proves: one URI inside (X509-SVID, section 2), host names outside.
    func names(in topology: Topology) -> [GeneralName] {
        switch self {
        case .node(let geo): [.uniformResourceIdentifier("spiffe://\(topology.trustDomain)/geo/\(geo)")]
        case .router: [.uniformResourceIdentifier("spiffe://\(topology.trustDomain)/router")]
        case .publicGeo(let geo): hosts(of: geo, in: topology).map { .dnsName($0) }
        case .publicChooser: [.dnsName(topology.chooserHost)]
        }
    }

    private func hosts(of geo: GeoID, in topology: Topology) -> [String] {
        let own = topology.customDomains.filter { $0.geo == geo }.map(\.host.value)
        return ["*.\(geo).portal.\(topology.domain)", topology.managementHost(of: geo), topology.consoleHost(of: geo)] + own
    }
}
