import Logging
import ServiceIdentity

/// Changes what is known of nodes, and tells the log when it changes.
struct NodeConditions: Sendable {
    let logger: Logger
    let metrics: RouterMetrics
    /// After how many failures in a row a node is down.
    let failureLimit: Int

    /// Notes that a node could not be connected to, closed a connection before its answer, or did not answer in time.
    func exchangeFailed(_ node: UpstreamNode) {
        guard node.exchangeFailed() >= failureLimit, node.become(.down) != .down else { return }
        metrics.geo(node.geo).breakerOpens.add()
        logger.warning(
            "node is down: its last exchanges failed",
            metadata: metadata(of: node).merging(["failures": .stringConvertible(failureLimit)]) { first, _ in first })
    }

    /// Told each time: somebody may be in the node's place.
    func identityFailed(_ node: UpstreamNode, _ error: IdentityError) {
        metrics.geo(node.geo).identityFailures.add()
        var metadata = metadata(of: node)
        metadata["reason"] = .stringConvertible(error)
        logger.error("node has not proven its identity", metadata: metadata)
    }

    /// Notes the outcome of a check.
    ///
    /// - Parameter passed: how many checks passed in a row, with this one; 0 for a check that failed.
    func checked(_ node: UpstreamNode, passed: Int) {
        guard passed > 0 else {
            if node.become(.down) != .down { logger.warning("node is down: its check failed", metadata: metadata(of: node)) }
            return
        }
        switch node.condition {
        case .up: return
        case .unchecked: node.become(.up)
        case .down:
            // A node that was restarted is as good as its check. One that failed requests while its checks passed is not.
            if node.failures >= failureLimit {
                guard passed >= HealthMonitor.passesToReturn else { return }
                node.beginProbation(failureLimit: failureLimit)
            }
            node.become(.up)
        }
        logger.info("node is up", metadata: metadata(of: node))
    }

    private func metadata(of node: UpstreamNode) -> Logger.Metadata {
        ["geo": .string(node.geo.value), "node": .stringConvertible(node.address.service)]
    }
}
