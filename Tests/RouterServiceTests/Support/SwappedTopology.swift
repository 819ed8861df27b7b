import Geography
import RouterService

/// Stands for the topology's file: gives a running router what a test put there.
final class SwappedTopology: Sendable {
    let source: TopologySource
    private let next: Watched<Result<Topology, any Error>?>
    private let requests: AsyncStream<Void>.Continuation

    init() {
        let next = Watched<Result<Topology, any Error>?>(nil)
        let (stream, requests) = AsyncStream.makeStream(of: Void.self)
        source = TopologySource(requests: stream) {
            guard let result = next.value else { throw CancellationError() }
            return try result.get()
        }
        self.next = next
        self.requests = requests
    }

    /// Asks the router to read a topology, and waits until it did so or refused.
    func put(_ topology: Result<Topology, any Error>, in router: RunningRouter) async throws {
        let before = router.log.lines.count { $0.contains("topology loaded") || $0.contains("topology not loaded") }
        next.update { $0 = topology }
        requests.yield()
        try await eventually {
            router.log.lines.count { $0.contains("topology loaded") || $0.contains("topology not loaded") } > before
        }
    }

    func put(_ geos: [(id: String, nodes: [SocketEndpoint])], in router: RunningRouter) async throws {
        try await put(.success(try TestTopology.make(geos)), in: router)
    }
}
