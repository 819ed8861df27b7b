import ArgumentParser
import Foundation
import RouterService
import ServiceProcess

@main
struct RouterCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "portolan-router",
        abstract: "Directs each request to the geo that its host names, and lets no developer data cross geos.",
        discussion: """
            The router reads one file and the topology that the file names:

              # router.yaml
              topology: topology.yaml        # relative to this file
              listen: 127.0.0.1:8080
              admin_listen: 127.0.0.1:8081   # /healthz /readyz /metrics
              log: {format: text, level: info}

            Every key can be set from the environment as well: PORTOLAN_LISTEN stands for listen, PORTOLAN_LOG_LEVEL for
            log.level. The router stops on SIGTERM and SIGINT after the requests in flight have ended.

            Example:
              portolan-router --config router.yaml --check
              portolan-router --config router.yaml

            A wrong configuration ends it with exit code 78 and one line that names the file, the line and the key.
            """,
        version: ProductVersion.current)

    @Option(help: "The router's configuration file.")
    var config: String

    @Flag(help: "Read the configuration, say whether it is right, and exit.")
    var check = false

    @Flag(help: "Stop when standard input ends, so that the router never outlives the process that started it.")
    var exitWithStdin = false

    func run() async throws {
        let program: RouterProgram
        do {
            program = try RouterProgram(configurationFile: config)
        } catch {
            throw Self.failure("\(error)", code: ExitStatus.wrongConfiguration)
        }
        if check { return print("portolan-router: \(program.summary)") }
        do {
            try await program.run(exitWithStandardInput: exitWithStdin)
        } catch {
            throw Self.failure("\(error)", code: ExitStatus.failed)
        }
    }

    private static func failure(_ message: String, code: Int32) -> ExitCode {
        FileHandle.standardError.write(Data("portolan-router: \(message)\n".utf8))
        return ExitCode(code)
    }
}
