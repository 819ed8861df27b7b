import Geography

/// What the router counts: numbers by geo, kind and outcome, never anything of a single request.
final class RouterMetrics: Sendable {
    /// Places in the topology; the last row is for requests that belong to no geo.
    let geos: [GeoID]
    private let requests: [Counter]
    private let requestViolations: [Counter]
    private let responseViolations: [Counter]
    let bytesReceived = Counter()
    let bytesSent = Counter()
    let requestsInFlight = Counter()
    let connections = Counter()
    let connectionsRefused = Counter()
    let connectFailures: [Counter]

    static let outcomes = 5

    init(_ topology: Topology) {
        geos = topology.geos.map(\.id)
        let rows = geos.count + 1
        requests = (0..<(rows * RouteClass.allCases.count * Self.outcomes)).map { _ in Counter() }
        requestViolations = (0..<(geos.count * ResidencyRules.Place.allCases.count)).map { _ in Counter() }
        responseViolations = (0..<(geos.count * ResponseRules.Violation.allCases.count)).map { _ in Counter() }
        connectFailures = geos.map { _ in Counter() }
    }

    /// - Parameters:
    ///   - geo: the geo's place in the topology; nil where no geo was concerned.
    ///   - outcome: the status class, 1 to 5.
    func requests(geo: Int?, routeClass: RouteClass, outcome: Int) -> Counter {
        let row = (geo ?? geos.count) * RouteClass.allCases.count + routeClass.rawValue
        return requests[row * Self.outcomes + min(max(outcome, 1), Self.outcomes) - 1]
    }

    func violations(geo: Int, place: ResidencyRules.Place) -> Counter {
        requestViolations[geo * ResidencyRules.Place.allCases.count + Self.place(of: place, in: ResidencyRules.Place.allCases)]
    }

    func violations(geo: Int, kind: ResponseRules.Violation) -> Counter {
        responseViolations[
            geo * ResponseRules.Violation.allCases.count + Self.place(of: kind, in: ResponseRules.Violation.allCases)]
    }

    private static func place<Case: Equatable>(of element: Case, in all: [Case]) -> Int { all.firstIndex(of: element) ?? 0 }
}
