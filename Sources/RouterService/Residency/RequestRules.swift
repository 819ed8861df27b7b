import Geography

/// The residency rules for requests to one geo, with a short way for those that cannot carry a credential.
final class RequestRules: Sendable {
    /// The shortest value that names a geo is a UUID.
    private static let shortestValue = 36

    private let rules: ResidencyRules
    private let geo: GeoID

    init(_ rules: ResidencyRules, geo: GeoID) {
        self.rules = rules
        self.geo = geo
    }

    func violation(in head: RequestHead) -> ResidencyRules.Violation? {
        if !head.mayHoldCredentials, head.target.range.count < Self.shortestValue { return nil }
        return rules.violation(
            target: head.targetText, cookies: head.values(of: .cookie), authorizations: head.values(of: .authorization), for: geo)
    }
}
