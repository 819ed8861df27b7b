import ConfigurationFiles
import Foundation
import Logging
import SQLiteStore
import ServiceProcess

/// A node as a process: reads its configuration, runs until it is told to stop, and says how it ended.
public struct NodeProcess: Sendable {
    private let configurationPath: String
    private let endsWithStandardInput: Bool

    public init(configurationPath: String, endsWithStandardInput: Bool) {
        self.configurationPath = configurationPath
        self.endsWithStandardInput = endsWithStandardInput
    }

    /// Says whether the configuration is right; starts nothing.
    public func check() -> Int32 {
        do {
            let configuration = try NodeConfiguration(path: configurationPath, environment: ProcessInfo.processInfo.environment)
            print("\(configurationPath) is right: a node of the geo \(configuration.geo.id) at \(configuration.listen)")
            return ExitStatus.stopped
        } catch {
            return Self.report(error)
        }
    }

    /// Runs the node until SIGTERM or SIGINT.
    public func run() async -> Int32 {
        do {
            let environment = ProcessInfo.processInfo.environment
            let configuration = try NodeConfiguration(path: configurationPath, environment: environment)
            configuration.logs.bootstrapLoggingSystem()
            let node = try Node(
                configuration: configuration, logger: configuration.logs.logger(label: "portolan-node"),
                supervisor: Supervisor(environment: environment))
            try await node.run(endsWithStandardInput: endsWithStandardInput)
            return ExitStatus.stopped
        } catch {
            return Self.report(error)
        }
    }

    /// One line on standard error, and the exit code.
    private static func report(_ error: any Error) -> Int32 {
        FileHandle.standardError.write(Data("portolan-node: \(error)\n".utf8))
        switch error {
        case is ConfigurationError, is SQLiteStoreError: return ExitStatus.wrongConfiguration
        default: return ExitStatus.failed
        }
    }
}
