import Geography

/// All nodes of a topology, shared by the event loops.
struct UpstreamDirectory: Sendable {
    struct GeoNodes: Sendable {
        let geo: GeoID
        let nodes: [UpstreamNode]
    }

    /// In the order of the topology.
    let geos: [GeoNodes]

    /// - Parameter current: where nodes that stay in their geo are taken from, with what is known of them.
    init(_ topology: Topology, after current: UpstreamDirectory? = nil) {
        geos = topology.geos.map { geo in
            let known = current?.geos.first { $0.geo == geo.id }?.nodes ?? []
            return GeoNodes(
                geo: geo.id,
                nodes: geo.nodes.map { address in
                    known.first { $0.address == address } ?? UpstreamNode(geo: geo.id, address: address)
                })
        }
    }

    var all: [UpstreamNode] { geos.flatMap(\.nodes) }
}
