import Geography

/// The residency rules for requests, with a short way for those that cannot carry a credential.
struct RequestRules: Sendable {
    /// The shortest value that names a geo is a UUID.
    private static let shortestValue = 36

    private let rules: ResidencyRules

    init(_ topology: Topology) { rules = ResidencyRules(topology) }

    func violation(in request: ScreenedRequest, for geo: GeoID) -> ResidencyRules.Violation? {
        if request.cookies.isEmpty, request.authorizations.isEmpty, request.target.utf8.count <= Self.shortestValue { return nil }
        return rules.violation(
            target: request.target, cookies: request.cookies, authorizations: request.authorizations, for: geo)
    }
}
