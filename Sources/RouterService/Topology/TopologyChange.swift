import Geography

/// What a running router does not accept of a new topology.
enum TopologyChange: Error, Equatable, CustomStringConvertible {
    case domain(from: Hostname, to: Hostname)
    case number(of: GeoID, from: GeoNumber, to: GeoNumber)
    case owner(of: GeoNumber, from: GeoID, to: GeoID)

    /// A geo's number is in every identifier that it minted: under another number they would be nobody's, or another geo's. The domain
    /// is in every host name, and the nodes have to change with it.
    static func check(from current: Topology, to next: Topology) throws(TopologyChange) {
        guard current.domain == next.domain else { throw .domain(from: current.domain, to: next.domain) }
        for geo in next.geos {
            if let before = current.geo(geo.id), before.number != geo.number {
                throw .number(of: geo.id, from: before.number, to: geo.number)
            }
            if let owner = current.geo(geo.number), owner.id != geo.id {
                throw .owner(of: geo.number, from: owner.id, to: geo.id)
            }
        }
    }

    var description: String {
        switch self {
        case .domain(let current, let next):
            "domain: \(next) was found where this router runs for \(current); stop all nodes and routers to change the domain"
        case .number(let geo, let current, let next):
            "geos[].number: \(next) was found for the geo \(geo), whose number is \(current) and never changes"
        case .owner(let number, let current, let next):
            "geos[].number: \(number) was found for the geo \(next), but it is the number of the geo \(current) and goes to no other"
        }
    }
}
