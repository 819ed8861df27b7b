import Geography

/// What all event loops need of a topology, made once for all of them.
struct RoutingPlan: Sendable {
    let topology: Topology
    let hosts: HostTable
    let residency: ResidencyRules
    let nodes: UpstreamDirectory
    let chooser: ChooserPage

    /// - Parameter current: the plan that this one follows; nodes that both have stay the same objects.
    init(_ topology: Topology, after current: RoutingPlan? = nil) {
        self.topology = topology
        hosts = HostTable(topology)
        residency = ResidencyRules(topology)
        nodes = UpstreamDirectory(topology, after: current?.nodes)
        chooser = ChooserPage(topology)
    }
}
