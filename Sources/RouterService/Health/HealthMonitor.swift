import Geography
import NIOCore
import NIOPosix

/// Checks every node every few seconds: its `/readyz` where the topology has an admin address, else whether it takes connections.
final class HealthMonitor {
    /// How many checks in a row a node that failed requests has to pass before it is used again.
    static let passesToReturn = 2

    private var nodes: [UpstreamNode]
    private let limits: RouterLimits
    private let conditions: NodeConditions
    private let eventLoop: any EventLoop
    private var isStopped = false

    /// Lives on one event loop; ``start()`` and ``stop()`` are called on it.
    init(nodes: [UpstreamNode], limits: RouterLimits, conditions: NodeConditions, eventLoop: any EventLoop) {
        self.nodes = nodes
        self.limits = limits
        self.conditions = conditions
        self.eventLoop = eventLoop
    }

    func start() {
        for node in nodes { check(node, passed: 0) }
    }

    /// Looks after other nodes. What is known of those that stay is kept.
    func watch(_ next: [UpstreamNode]) {
        let before = nodes
        nodes = next
        for node in next where !before.contains(where: { $0 === node }) { check(node, passed: 0) }
    }

    private func isWatched(_ node: UpstreamNode) -> Bool { !isStopped && nodes.contains { $0 === node } }

    func stop() { isStopped = true }

    /// - Parameter passed: how many checks the node passed in a row.
    private func check(_ node: UpstreamNode, passed: Int) {
        guard isWatched(node) else { return }
        probe(node).assumeIsolated().whenComplete { result in
            guard self.isWatched(node) else { return }
            let isReady = (try? result.get()) ?? false
            let passed = isReady ? min(passed + 1, Self.passesToReturn) : 0
            self.conditions.checked(node, passed: passed)
            self.eventLoop.assumeIsolated().scheduleTask(in: self.pause(before: node)) {
                self.check(node, passed: passed)
            }
        }
    }

    /// A node that is down is looked at more often, so that it is missed no longer than it has to be.
    private func pause(before node: UpstreamNode) -> TimeAmount {
        node.condition == .down ? .nanoseconds(limits.healthInterval.nanoseconds / 4) : limits.healthInterval
    }

    private func probe(_ node: UpstreamNode) -> EventLoopFuture<Bool> {
        let verdict = eventLoop.makePromise(of: Bool.self)
        let bootstrap = ClientBootstrap(group: eventLoop).connectTimeout(limits.healthTimeout)
        guard let admin = node.address.admin else {
            bootstrap.connect(to: node.address.service).whenComplete { result in
                verdict.succeed((try? result.get()) != nil)
                _ = result.map { $0.close(promise: nil) }
            }
            return verdict.futureResult
        }
        let timeout = limits.healthTimeout
        bootstrap
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(
                        ReadinessProbe(authority: admin.description, timeout: timeout, verdict: verdict))
                }
            }
            .connect(to: admin)
            .whenFailure { _ in verdict.succeed(false) }
        return verdict.futureResult
    }
}
