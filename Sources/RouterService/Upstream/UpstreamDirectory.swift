import Geography

/// All nodes of the topology, shared by the event loops.
struct UpstreamDirectory: Sendable {
    /// By the geo's place in the topology.
    let nodesByGeo: [[UpstreamNode]]

    init(_ topology: Topology) {
        nodesByGeo = topology.geos.map { geo in geo.nodes.map { UpstreamNode(geo: geo.id, address: $0) } }
    }

    var all: [UpstreamNode] { Array(nodesByGeo.joined()) }
}
