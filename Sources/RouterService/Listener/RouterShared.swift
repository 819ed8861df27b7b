import Logging

/// What all event loops of a router share; every part of it is safe to use from any thread.
struct RouterShared: Sendable {
    let logger: Logger
    let metrics: RouterMetrics
    let conditions: NodeConditions
    let plan: CurrentPlan
    /// nil where clients are not limited.
    let clients: ClientLimiter?
    /// nil where nodes are spoken to in plain TCP.
    let identity: RouterIdentity?

    init(configuration: RouterConfiguration, logger: Logger, identity: RouterIdentity?) {
        self.identity = identity
        self.logger = logger
        metrics = RouterMetrics()
        conditions = NodeConditions(
            logger: logger, metrics: metrics, failureLimit: configuration.limits.healthFailures)
        clients = ClientLimiter(configuration.limits)
        plan = CurrentPlan(RoutingPlan(configuration.topology))
        metrics.topologyWasLoaded()
    }
}
