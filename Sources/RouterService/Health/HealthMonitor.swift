import Geography
import NIOCore
import NIOPosix

/// Checks every node every few seconds: its `/readyz` where the topology has an admin address, else whether it takes connections.
final class HealthMonitor {
    /// What a check has come to.
    enum Verdict {
        case passed
        case failed
        /// There was nothing to make it with; what was known stays so.
        case notMade

        init(_ error: any Error) { self = error.isOwnShortage ? .notMade : .failed }
    }

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
            let passed = self.note((try? result.get()) ?? .failed, of: node, passed: passed)
            self.eventLoop.assumeIsolated().scheduleTask(in: self.pause(before: node)) {
                self.check(node, passed: passed)
            }
        }
    }

    /// - Returns: how many checks the node has passed in a row now.
    private func note(_ verdict: Verdict, of node: UpstreamNode, passed: Int) -> Int {
        guard verdict != .notMade else { return passed }
        let passed = verdict == .passed ? min(passed + 1, Self.passesToReturn) : 0
        conditions.checked(node, passed: passed)
        return passed
    }

    /// A node that is down is looked at more often, so that it is missed no longer than it has to be.
    private func pause(before node: UpstreamNode) -> TimeAmount {
        node.condition == .down ? .nanoseconds(limits.healthInterval.nanoseconds / 4) : limits.healthInterval
    }

    private func probe(_ node: UpstreamNode) -> EventLoopFuture<Verdict> {
        let verdict = eventLoop.makePromise(of: Verdict.self)
        let bootstrap = ClientBootstrap(group: eventLoop).connectTimeout(limits.healthTimeout)
        guard let admin = node.address.admin else {
            bootstrap.connect(to: node.address.service).whenComplete { result in
                switch result {
                case .success(let channel):
                    verdict.succeed(.passed)
                    channel.close(promise: nil)
                case .failure(let error): verdict.succeed(Verdict(error))
                }
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
            .whenFailure { verdict.succeed(Verdict($0)) }
        return verdict.futureResult
    }
}
