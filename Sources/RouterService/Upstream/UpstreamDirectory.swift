import Geography

/// All nodes of a topology, shared by the event loops.
struct UpstreamDirectory: Sendable {
    struct GeoNodes: Sendable {
        let geo: GeoID
        let nodes: [UpstreamNode]
    }

    /// In the order of the topology.
    let geos: [GeoNodes]

    init(_ topology: Topology) {
        geos = topology.geos.map { geo in
            GeoNodes(geo: geo.id, nodes: geo.nodes.map { UpstreamNode(geo: geo.id, address: $0) })
        }
    }

    var all: [UpstreamNode] { geos.flatMap(\.nodes) }
}
