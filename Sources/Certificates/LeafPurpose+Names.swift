import Geography
import X509

extension LeafPurpose {
    /// What the certificate proves: one URI inside (X509-SVID, section 2), host names outside.
    func names(in topology: Topology) -> [GeneralName] {
        switch self {
        case .node(let geo): [Self.uri(.node(geo), in: topology)]
        case .router: [Self.uri(.router, in: topology)]
        case .publicGeo(let geo): topology.publicHosts(of: geo).map { .dnsName($0) }
        case .publicChooser: [.dnsName(topology.chooserHost)]
        }
    }

    private static func uri(_ role: SPIFFEID.Role, in topology: Topology) -> GeneralName {
        .uniformResourceIdentifier(SPIFFEID(trustDomain: topology.trustDomain, role: role).description)
    }
}
