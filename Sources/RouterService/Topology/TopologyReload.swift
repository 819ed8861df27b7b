import Geography
import Logging
import NIOCore
import ServiceProcess

/// Puts a new topology in the place of the one by which a router runs. Either all of it is taken over or nothing.
///
/// No connection is closed but those to nodes that are no more, and these only when their exchange has ended.
struct TopologyReload: Sendable {
    let shared: RouterShared
    let loops: RouterLoops
    let health: NIOLoopBound<HealthMonitor>
    /// Read again at the same signal, whatever becomes of the topology.
    let certificates: ServerCertificates?
    /// Told of the beginning and the end of each reading.
    let supervisor: Supervisor

    /// Reads the topology whenever it is asked for, until the task is cancelled.
    func run(_ source: TopologySource) async {
        for await _ in source.requests {
            supervisor.tell(.reloading())
            defer { supervisor.tell(.ready) }
            certificates?.reload(logger: shared.logger)
            shared.identity?.identity.reload()
            do {
                try await use(source.read())
            } catch {
                shared.metrics.topologyRefusals.add()
                shared.logger.error(
                    "topology not loaded, the router goes on with what it has", metadata: ["reason": .string("\(error)")])
            }
        }
    }

    private func use(_ topology: Topology) async throws {
        let current = shared.plan.value
        try TopologyChange.check(from: current.topology, to: topology)
        let plan = RoutingPlan(topology, after: current)
        let nodes = plan.nodes.all
        try await health.eventLoop.submit { health.value.watch(nodes) }.get()
        try await loops.use(plan)
        shared.plan.become(plan)
        shared.metrics.topologyWasLoaded()
        let before = current.nodes.all
        shared.logger.info(
            "topology loaded",
            metadata: [
                "geos": .stringConvertible(topology.geos.count), "nodes": .stringConvertible(nodes.count),
                "nodes_kept": .stringConvertible(nodes.count { node in before.contains { $0 === node } }),
                "custom_domains": .stringConvertible(topology.customDomains.count),
            ])
    }
}
