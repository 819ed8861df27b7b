import Synchronization

/// The plan by which requests are routed now, for those who ask from outside of the event loops.
final class CurrentPlan: Sendable {
    private let plan: Mutex<RoutingPlan>

    init(_ plan: RoutingPlan) { self.plan = Mutex(plan) }

    var value: RoutingPlan { plan.withLock { $0 } }

    func become(_ next: RoutingPlan) { plan.withLock { $0 = next } }
}
