import Geography

/// What the router counts of one geo. Event loops share it, and it is kept when the topology is read again.
final class GeoMetrics: Sendable {
    let geo: GeoID
    let requests = RequestCounters()
    let connectFailures = Counter()
    /// Of these, the ones in which the node has not proven its identity.
    let identityFailures = Counter()
    private let requestViolations = ResidencyRules.Place.allCases.map { _ in Counter() }
    private let responseViolations = ResponseRules.Violation.allCases.map { _ in Counter() }

    init(geo: GeoID) { self.geo = geo }

    /// Requests refused because of what stood in a place.
    func violations(_ place: ResidencyRules.Place) -> Counter {
        requestViolations[ResidencyRules.Place.allCases.firstIndex(of: place) ?? 0]
    }

    /// Answers held back because of what reached into another geo.
    func violations(_ kind: ResponseRules.Violation) -> Counter {
        responseViolations[ResponseRules.Violation.allCases.firstIndex(of: kind) ?? 0]
    }
}
