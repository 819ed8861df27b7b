import Logging

/// What all event loops of a router share; every part of it is safe to use from any thread.
struct RouterShared: Sendable {
    let logger: Logger
    let metrics: RouterMetrics
    let conditions: NodeConditions
    let plan: RoutingPlan
    let identity: RouterIdentity?

    init(configuration: RouterConfiguration, logger: Logger, identity: RouterIdentity?) {
        self.identity = identity
        self.logger = logger
        metrics = RouterMetrics()
        conditions = NodeConditions(logger: logger)
        plan = RoutingPlan(configuration.topology)
    }
}
