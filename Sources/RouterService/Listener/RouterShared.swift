import Logging

/// What all event loops of a router share; every part of it is safe to use from any thread.
struct RouterShared: Sendable {
    let logger: Logger
    let metrics: RouterMetrics
    let nodes: UpstreamDirectory
    let conditions: NodeConditions
    let chooser: ChooserPage

    init(configuration: RouterConfiguration, logger: Logger) {
        self.logger = logger
        metrics = RouterMetrics(configuration.topology)
        nodes = UpstreamDirectory(configuration.topology)
        conditions = NodeConditions(logger: logger)
        chooser = ChooserPage(configuration.topology)
    }
}
