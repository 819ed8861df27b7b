import Geography
import Logging
import NIOCore
import RouterService
import ServiceLifecycle
import ServiceLogs

/// A router that serves in this process, with its log.
struct RunningRouter: Sendable {
    let address: SocketEndpoint
    let admin: SocketEndpoint
    let redirect: SocketEndpoint?
    let log: CapturedLog
    private let group: ServiceGroup

    /// Runs a router in front of geos for as long as a closure takes.
    static func serve(
        _ geos: [(id: String, nodes: [SocketEndpoint])], threads: Int = 1, topology: TopologySource? = nil,
        limits change: (inout RouterLimits) -> Void = { _ in },
        configure: (inout RouterConfiguration) throws -> Void = { _ in },
        _ body: @Sendable (RunningRouter) async throws -> Void
    ) async throws {
        var limits = RouterLimits()
        // Nodes are looked at when the router starts; a test that needs more looks asks for them.
        limits.healthInterval = .hours(1)
        limits.shutdownTimeout = .milliseconds(100)
        // What a busy machine makes slow is not what these limits are for; tests of one set their own.
        limits.headerTimeout = .minutes(5)
        limits.bodyTimeout = .minutes(5)
        limits.idleTimeout = .minutes(5)
        limits.clientHelloTimeout = .minutes(5)
        limits.proxyHeaderTimeout = .minutes(5)
        limits.upstreamConnectTimeout = .minutes(5)
        limits.upstreamResponseTimeout = .minutes(5)
        limits.upstreamQueueTimeout = .minutes(5)
        // All clients of a test have one address.
        limits.clientRequestsPerSecond = 0
        limits.clientConnections = 0
        change(&limits)
        let log = CapturedLog()
        var configuration = RouterConfiguration(
            topology: try TestTopology.make(geos), listen: SocketEndpoint(host: "127.0.0.1", port: 0),
            adminListen: SocketEndpoint(host: "127.0.0.1", port: 0), threads: threads,
            log: LogSettings(format: .json, level: .trace), limits: limits)
        try configure(&configuration)
        let addresses = Watched<RouterAddresses?>(nil)
        let logger = configuration.log.logger(label: "portolan.router", sink: log)
        let service = try Router(configuration, logger: logger, topology: topology) { found in addresses.update { $0 = found } }
        let group = ServiceGroup(
            configuration: .init(
                services: [.init(service: service, successTerminationBehavior: .gracefullyShutdownGroup)],
                logger: Logger(label: "tests") { _ in SwiftLogNoOpLogHandler() }))
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            let found = try await addresses.value { $0 }
            let admin = found.admin ?? found.service
            let outcome: Result<Void, any Error>
            do {
                outcome = .success(
                    try await body(
                        RunningRouter(address: found.service, admin: admin, redirect: found.redirect, log: log, group: group)))
            } catch {
                outcome = .failure(error)
            }
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
            try outcome.get()
        }
    }

    func connect(reads: Bool = true) async throws -> TestClient { try await TestClient.connect(to: address, reads: reads) }

    /// Sends a request on a connection of its own and returns the answer.
    func send(_ request: String) async throws -> Answer {
        let client = try await connect()
        try await client.send(request)
        let answer = try await client.answer(toHead: request.hasPrefix("HEAD "))
        try await client.close()
        return answer
    }

    func get(_ target: String = "/", host: String, fields: String...) async throws -> Answer {
        try await send("GET \(target) HTTP/1.1\r\nHost: \(host)\r\n\(fields.map { $0 + "\r\n" }.joined())\r\n")
    }

    /// A page of the admin port.
    func page(_ path: String) async throws -> Answer {
        let client = try await TestClient.connect(to: admin)
        try await client.send("GET \(path) HTTP/1.1\r\nHost: router\r\nConnection: close\r\n\r\n")
        let answer = try await client.answer()
        try await client.close()
        return answer
    }

    /// The value of a metric with its labels, as the page writes it.
    func metric(_ name: String) async throws -> Int? {
        let lines = try await page("/metrics").text.split(separator: "\n")
        return lines.first { $0.hasPrefix(name + " ") }.flatMap { Int($0.dropFirst(name.count + 1)) }
    }

    /// Waits until the router found so many nodes of a geo healthy.
    func becomeHealthy(_ geo: String, nodes: Int = 1) async throws {
        try await eventually { try await healthy(geo) == nodes }
    }

    func healthy(_ geo: String) async throws -> Int {
        let text = try await page("/readyz").text
        guard let range = text.range(of: "\"\(geo)\":{\"nodes\":"),
            let found = text[range.upperBound...].range(of: "\"healthy\":")
        else { return -1 }
        return Int(text[found.upperBound...].prefix { $0.isNumber }) ?? -1
    }

    func stop() async { await group.triggerGracefulShutdown() }
}
