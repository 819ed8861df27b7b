/// Requests by route class and status class.
struct RequestCounters: Sendable {
    static let outcomes = 5

    private let counters = (0..<(RouteClass.allCases.count * Self.outcomes)).map { _ in Counter() }

    /// - Parameter outcome: the status class, 1 to 5.
    subscript(routeClass: RouteClass, outcome: Int) -> Counter {
        counters[routeClass.rawValue * Self.outcomes + min(max(outcome, 1), Self.outcomes) - 1]
    }
}
