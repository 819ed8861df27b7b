import ConfigurationFiles
import Foundation
import Logging
import ServiceLifecycle
import ServiceProcess
import UnixSignals

/// A router as a process: configuration, signals, and what the shell is told at the end.
public struct RouterProgram: Sendable {
    public let configuration: RouterConfiguration
    private let file: String
    private let logger: Logger
    private let router: Router

    /// Reads the configuration.
    ///
    /// - Throws: `ConfigurationError` with the one line to print.
    public init(configurationFile: String) throws {
        file = configurationFile
        configuration = try RouterConfiguration(contentsOf: configurationFile)
        logger = configuration.log.logger(label: "portolan.router")
        router = try Router(
            configuration, logger: logger, supervisor: Supervisor(environment: ProcessInfo.processInfo.environment))
    }

    /// What `--check` prints for a right configuration.
    public var summary: String {
        let topology = configuration.topology
        let geos = topology.geos.map { "\($0.id) (\($0.nodes.count) \($0.nodes.count == 1 ? "node" : "nodes"))" }
        let service =
            "the configuration is right: \(configuration.listen) serves \(topology.domain) with \(geos.joined(separator: ", "))"
        let tls = configuration.tls.map { "\n  " + $0.summary(topology) } ?? ""
        return service + tls + router.warnings.map { "\n  warning: \($0)" }.joined()
    }

    /// Runs until SIGTERM or SIGINT, or until the end of standard input where asked for.
    public func run(exitWithStandardInput: Bool) async throws {
        var services: [ServiceGroupConfiguration.ServiceConfiguration] = [
            .init(
                service: router.reading(await topologySource()),
                successTerminationBehavior: .gracefullyShutdownGroup)
        ]
        if exitWithStandardInput {
            services.append(.init(service: StandardInputEnd(), successTerminationBehavior: .gracefullyShutdownGroup))
        }
        var quiet = logger
        quiet.logLevel = .warning
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: services, gracefulShutdownSignals: [.sigterm, .sigint], logger: quiet))
        try await group.run()
    }

    /// Reads the files again at each SIGHUP; signals that come while they are read count as one.
    private func topologySource() async -> TopologySource {
        let signals = await UnixSignalsSequence(trapping: .sighup)
        let requests = AsyncStream(Void.self, bufferingPolicy: .bufferingNewest(1)) { continuation in
            let listening = Task { for await _ in signals { continuation.yield() } }
            continuation.onTermination = { _ in listening.cancel() }
        }
        return TopologySource(requests: requests) { [file] in try RouterConfiguration(contentsOf: file).topology }
    }
}
