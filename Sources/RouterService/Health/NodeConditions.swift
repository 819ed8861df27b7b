import Logging
import ServiceIdentity

/// Changes what is known of nodes, and tells the log when it changes.
struct NodeConditions: Sendable {
    let logger: Logger

    /// Told each time: somebody may be in the node's place.
    func identityFailed(_ node: UpstreamNode, _ error: IdentityError) {
        var metadata = metadata(of: node)
        metadata["reason"] = .stringConvertible(error)
        logger.error("node has not proven its identity", metadata: metadata)
    }

    func connectionFailed(_ node: UpstreamNode) {
        guard node.become(.down) != .down else { return }
        logger.warning("node is down: it cannot be connected to", metadata: metadata(of: node))
    }

    func checked(_ node: UpstreamNode, isReady: Bool) {
        let before = node.become(isReady ? .up : .down)
        switch (before, isReady) {
        case (.up, true), (.down, false): break
        case (_, true): logger.info("node is up", metadata: metadata(of: node))
        case (_, false): logger.warning("node is down: its check failed", metadata: metadata(of: node))
        }
    }

    private func metadata(of node: UpstreamNode) -> Logger.Metadata {
        ["geo": .string(node.geo.value), "node": .stringConvertible(node.address.service)]
    }
}
