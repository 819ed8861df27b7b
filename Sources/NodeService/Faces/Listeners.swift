import Foundation
import Geography
import HTTPConventions
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import ServiceLifecycle
import ServiceProcess

/// A node's two sockets: one for the router, one for the operator.
struct Listeners: Sendable {
    /// The most bytes of one header field and of all of them; the router's own limit is lower.
    static let maximumHeaderBytes = 64 * 1024
    /// After which a connection on which nothing happens is closed; longer than the router keeps an idle one.
    static let idleTimeout = TimeAmount.seconds(75)

    let configuration: NodeConfiguration
    /// nil where the router speaks plain TCP.
    let identity: NodeIdentity?
    let logger: Logger
    /// Called once by each of the two when it takes connections.
    let onListening: @Sendable () -> Void

    /// Portals and APIs, by host.
    func site(_ responder: any HTTPResponder<NodeRequestContext>) -> any Service {
        listener(
            AnyResponder(responder: responder), at: configuration.listen, key: "listen", behind: identity,
            saying: "the node serves portals and APIs")
    }

    /// `/healthz` and `/readyz`.
    func health(_ endpoints: HealthEndpoints) -> any Service {
        listener(
            endpoints.router().buildResponder(), at: configuration.adminListen, key: "admin_listen", behind: nil,
            saying: "the node tells its health")
    }

    private func listener<Responder: HTTPResponder>(
        _ responder: Responder, at endpoint: SocketEndpoint, key: String, behind identity: NodeIdentity?,
        saying message: Logger.Message
    ) -> some Service where Responder.Context: InitializableFromSource<ApplicationRequestContextSource> {
        let (logger, onListening) = (logger, onListening)
        let geo = configuration.geo.id
        let http = HTTP1Channel.Configuration(
            idleTimeout: Self.idleTimeout,
            httpDecoderConfiguration: .init(
                maxHeaderFieldSize: Self.maximumHeaderBytes, maxHeaderListSize: Self.maximumHeaderBytes))
        let application = Application(
            responder: responder, server: Self.server(http, behind: identity),
            configuration: ApplicationConfiguration(address: .hostname(endpoint.host, port: endpoint.port), backlog: 4096),
            onServerRunning: { channel in
                await Self.letRest(channel, logger: logger)
                let port = channel.localAddress?.port ?? endpoint.port
                logger.info(
                    message, metadata: ["geo": "\(geo)", "address": "\(SocketEndpoint(host: endpoint.host, port: port))"])
                onListening()
            },
            logger: configuration.libraryLogger)
        return Listener(application: application, endpoint: endpoint, key: key)
    }
}

extension Listeners {
    /// Hummingbird makes the listening channel, so its first handler comes when it is there; nothing was accepted before.
    private static func letRest(_ listener: any Channel, logger: Logger) async {
        let added = listener.eventLoop.submit {
            try listener.pipeline.syncOperations.addHandler(AcceptPause(logger: logger), position: .first)
        }
        // Fails where the node is stopped at this moment.
        try? await added.get()
    }

    fileprivate static func server(_ http: HTTP1Channel.Configuration, behind identity: NodeIdentity?) -> HTTPServerBuilder {
        guard let identity else { return .http1(configuration: http) }
        return HTTPServerBuilder { responder in
            RouterOnlyChannel(base: HTTP1Channel(responder: responder, configuration: http), identity: identity)
        }
    }
}

/// A listening socket that says which key of the configuration is at fault where it cannot be had.
private struct Listener: Service {
    let application: any Service
    let endpoint: SocketEndpoint
    let key: String

    func run() async throws {
        do {
            try await application.run()
        } catch let error as IOError {
            throw NodeError.cannotListen(endpoint, key: key, reason: String(cString: strerror(error.errnoCode)))
        }
    }
}

/// A responder whose type nobody has to know.
private struct AnyResponder: HTTPResponder {
    let responder: any HTTPResponder<NodeRequestContext>

    func respond(to request: Request, context: NodeRequestContext) async throws -> Response {
        try await responder.respond(to: request, context: context)
    }
}
