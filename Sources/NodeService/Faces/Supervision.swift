import NIOCore
import ServiceLifecycle
import ServiceProcess
import UnixSignals

/// What a node and its service manager have to tell each other: that it serves, lives, reads again, stops.
struct Supervision: Service {
    let supervisor: Supervisor
    /// One element for each socket that has begun to listen.
    let listening: AsyncStream<Void>
    /// How many sockets a node has that serves.
    let listeners: Int
    /// What SIGHUP reads again; nil where there is nothing to read. The signal never ends a node.
    let identity: NodeIdentity?
    /// What answers requests; a loop that does not come to a small task does not come to requests either.
    let loops: any EventLoopGroup

    func run() async throws {
        // Before the word that the node is ready: whoever hears that may send the signal.
        let hangups = await UnixSignalsSequence(trapping: .sighup)
        await cancelWhenGracefulShutdown {
            for await _ in listening.prefix(listeners) {}
            guard !Task.isCancelled else { return }
            supervisor.tell(.ready)
            async let signs: Void = supervisor.keepAlive { try await answer(of: loops) }
            for await _ in hangups {
                supervisor.tell(.reloading())
                identity?.reload()
                supervisor.tell(.ready)
            }
            await signs
        }
        supervisor.tell(.stopping)
    }

    /// Returns when each loop has run a task.
    private func answer(of loops: any EventLoopGroup) async throws {
        for loop in loops.makeIterator() { try await loop.submit {}.get() }
    }
}
