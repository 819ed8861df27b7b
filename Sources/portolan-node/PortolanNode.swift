import ArgumentParser
import NodeService
import ServiceProcess

/// The entry point: reads the command line and runs a node.
@main
struct PortolanNode: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "portolan-node",
        abstract: "Serves the developer portals of one geo: its store, its mail and its registration flow.",
        discussion: """
            One node owns one geo. It reads node.yaml, opens the geo's store (or makes it at the first start), and serves the \
            portals, the Portal API and the management API of that geo to the router in front of it.

            EXAMPLE
              portolan-node --config /etc/portolan/node.yaml

            The smallest node.yaml:
              geo: eu
              topology: topology.yaml
              listen: 127.0.0.1:9101
              admin_listen: 127.0.0.1:9111
              data: /var/lib/portolan/eu
              mail:
                from: "Developer Portal <no-reply@example.com>"

            Every key can be overridden by the environment: PORTOLAN_MAIL_SMTP_HOST stands for mail.smtp.host.
            SIGTERM ends the requests in flight and stops. Exit codes: 0 stopped, 78 wrong configuration, 1 failed.
            """,
        version: ProductVersion.current)

    @Option(name: .long, help: ArgumentHelp("The node's configuration.", valueName: "node.yaml"))
    var config: String

    @Flag(name: .long, help: "Read the configuration, say whether it is right, and exit.")
    var check = false

    @Flag(name: .long, help: "Stop when standard input ends, so that no node outlives the process that started it.")
    var exitWithStdin = false

    func run() async throws {
        let process = NodeProcess(configurationPath: config, endsWithStandardInput: exitWithStdin)
        throw ExitCode(check ? process.check() : await process.run())
    }
}
