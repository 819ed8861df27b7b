import NIOCore
import NIOPosix

/// The event loops of a router, each with what it needs to route.
struct RouterLoops: Sendable {
    private let loops: [ObjectIdentifier: NIOLoopBound<RouterLoop>]

    init(group: MultiThreadedEventLoopGroup, configuration: RouterConfiguration, shared: RouterShared) async throws {
        var loops: [ObjectIdentifier: NIOLoopBound<RouterLoop>] = [:]
        for eventLoop in group.makeIterator() {
            loops[ObjectIdentifier(eventLoop)] = try await eventLoop.submit {
                let loop = RouterLoop(eventLoop: eventLoop, configuration: configuration, shared: shared)
                loop.start()
                return NIOLoopBound(loop, eventLoop: eventLoop)
            }.get()
        }
        self.loops = loops
    }

    /// The loop on which a connection was accepted; call it on that loop.
    func loop(of eventLoop: any EventLoop) -> RouterLoop? { loops[ObjectIdentifier(eventLoop)]?.value }

    /// Routes by another topology, on all event loops.
    func use(_ plan: RoutingPlan) async throws {
        let used = loops.values.map { bound in bound.eventLoop.submit { bound.value.use(plan) } }
        for loop in used { try await loop.get() }
    }

    /// Returns when each event loop has run a task: one that does not come to this does not come to requests either.
    func answer() async throws {
        for loop in loops.values { try await loop.eventLoop.submit {}.get() }
    }

    /// Waits until every connection is closed, and closes what is left after a time. All loops drain at the same time.
    func drain(within time: TimeAmount) async {
        let drained = loops.values.map { bound in
            bound.eventLoop.flatSubmit { () -> EventLoopFuture<Void> in
                let loop = bound.value
                bound.eventLoop.assumeIsolated().scheduleTask(in: time) { loop.closeAll() }
                return loop.drain()
            }
        }
        for loop in drained { try? await loop.get() }
        for bound in loops.values { try? await bound.eventLoop.submit { bound.value.stop() }.get() }
    }
}
