import Synchronization

/// The processes of a cluster that were started so far.
final class ClusterChildren: Sendable {
    private let children = Mutex<[ClusterChild]>([])

    func add(_ child: ClusterChild) { children.withLock { $0.append(child) } }

    func child(_ name: String) -> ClusterChild? { children.withLock { $0.first { $0.name == name } } }

    func isRunning(_ name: String) -> Bool { child(name)?.isRunning ?? false }

    /// Stops the router first, so that no request reaches a node that is gone; the nodes all at once.
    func stopAll(within limit: Duration) async {
        let all = children.withLock { $0 }
        for child in all { child.expectEnd() }
        await child("router")?.stop(within: limit)
        await withTaskGroup(of: Void.self) { group in
            for child in all where child.name != "router" {
                group.addTask { await child.stop(within: limit) }
            }
        }
    }
}
