import Geography
import NIOCore
import NIOPosix

/// Checks every node every few seconds: its `/readyz` where the topology has an admin address, else whether it takes connections.
final class HealthMonitor {
    private let nodes: [UpstreamNode]
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
        for node in nodes { check(node) }
    }

    func stop() { isStopped = true }

    private func check(_ node: UpstreamNode) {
        guard !isStopped else { return }
        probe(node).assumeIsolated().whenComplete { result in
            guard !self.isStopped else { return }
            self.conditions.checked(node, isReady: (try? result.get()) ?? false)
            self.eventLoop.assumeIsolated().scheduleTask(in: self.limits.healthInterval) { self.check(node) }
        }
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
