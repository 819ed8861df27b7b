import Geography

/// What all event loops need of a topology, made once for all of them.
struct RoutingPlan: Sendable {
    let topology: Topology
    let hosts: HostTable
    let residency: ResidencyRules
    let nodes: UpstreamDirectory
    let chooser: ChooserPage

    init(_ topology: Topology) {
        self.topology = topology
        hosts = HostTable(topology)
        residency = ResidencyRules(topology)
        nodes = UpstreamDirectory(topology)
        chooser = ChooserPage(topology)
    }
}
