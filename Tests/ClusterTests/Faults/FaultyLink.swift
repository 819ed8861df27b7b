import NIOCore
import NIOPosix
import Synchronization

/// A TCP relay in front of a node, which can be told to misbehave. It knows nothing of what it relays.
final class FaultyLink: Sendable {
    enum Behaviour: Sendable {
        case passes
        /// Takes everything and hands nothing on: a node that is slower than any limit.
        case stalls
        /// Hands on the beginning of an answer and resets the connection.
        case resetsInsideAnswers
    }

    /// What the relay does at this moment, for it and for its connections.
    final class Orders: Sendable {
        private let behaviour = Mutex(Behaviour.passes)

        var current: Behaviour {
            get { behaviour.withLock { $0 } }
            set { behaviour.withLock { $0 = newValue } }
        }
    }

    /// How much of an answer goes on before a reset: its head, and the beginning of a page.
    static let bytesBeforeReset = 2000

    let address: String
    let orders: Orders
    private let listener: any Channel

    /// - Parameter node: `127.0.0.1:PORT`.
    static func start(to node: String) async throws -> FaultyLink {
        let port = node.split(separator: ":").last.flatMap { Int($0) } ?? 0
        let orders = Orders()
        let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelOption(.autoRead, value: false)
            .childChannelInitializer { client in
                ClientBootstrap(group: client.eventLoop)
                    .channelOption(.autoRead, value: false)
                    .connect(host: "127.0.0.1", port: port)
                    .flatMapThrowing { node in
                        let toNode = RelayHandler(to: node, orders: orders, isAnswer: false)
                        let toClient = RelayHandler(to: client, orders: orders, isAnswer: true)
                        try client.pipeline.syncOperations.addHandler(toNode)
                        try node.pipeline.syncOperations.addHandler(toClient)
                        client.setOption(.autoRead, value: true).whenFailure { _ in }
                        node.setOption(.autoRead, value: true).whenFailure { _ in }
                        node.read()
                    }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        return FaultyLink(listener: listener, orders: orders)
    }

    private init(listener: any Channel, orders: Orders) {
        self.listener = listener
        self.orders = orders
        address = "127.0.0.1:\(listener.localAddress?.port ?? 0)"
    }

    func stop() async { try? await listener.close() }
}
