import Geography
import NIOCore

/// What the router counts of one geo. Event loops share it, and it is kept when the topology is read again.
final class GeoMetrics: Sendable {
    let geo: GeoID
    let requests = RequestCounters()
    let durations = DurationHistogram()
    let connectFailures = Counter()
    /// Of these, the ones in which the node has not proven its identity.
    let identityFailures = Counter()
    /// Requests sent once more because a node closed its connection without a word.
    let retries = Counter()
    /// How often a node went down because its exchanges failed.
    let breakerOpens = Counter()
    /// Requests that wait for a connection now.
    let queued = Counter()
    /// Requests that were refused because too many waited already, or because they waited for too long.
    let queueRefusals = Counter()
    /// Connections that are relayed to the geo's ingress.
    let relay = RelayCounters()
    private let requestViolations = ResidencyRules.Place.allCases.map { _ in Counter() }
    private let responseViolations = ResponseRules.Violation.allCases.map { _ in Counter() }

    private let droppedFields = DroppedField.allCases.map { _ in Counter() }
    /// When the log was last told of a dropped field, in seconds of the system's uptime.
    private let droppedLogged = DroppedField.allCases.map { _ in Counter() }

    init(geo: GeoID) { self.geo = geo }

    /// Requests refused because of what stood in a place.
    func violations(_ place: ResidencyRules.Place) -> Counter {
        requestViolations[ResidencyRules.Place.allCases.firstIndex(of: place) ?? 0]
    }

    /// Fields that were left out of answers.
    func dropped(_ field: DroppedField) -> Counter { droppedFields[DroppedField.allCases.firstIndex(of: field) ?? 0] }

    /// Whether the log should be told of a field that was left out: once a minute for each kind.
    func shouldLogDropped(_ field: DroppedField, at now: NIODeadline) -> Bool {
        let last = droppedLogged[DroppedField.allCases.firstIndex(of: field) ?? 0]
        // One more than the uptime, so that zero stands for never.
        let seconds = Int(now.uptimeNanoseconds / 1_000_000_000) + 1
        let before = last.value
        guard before == 0 || seconds >= before + 60 else { return false }
        return last.exchange(seconds) == before
    }

    /// Answers held back because of what reached into another geo.
    func violations(_ kind: ResponseRules.Violation) -> Counter {
        responseViolations[ResponseRules.Violation.allCases.firstIndex(of: kind) ?? 0]
    }
}
