import ArgumentParser
import Foundation
import LocalCluster

extension ClusterCommand {
    struct Up: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Starts a node for each geo and a router, and makes a portal in each geo.",
            discussion: """
                Everything is kept in one folder; the next start finds its data again. Ctrl-C stops all processes.

                In an integration test:
                  portolanctl cluster up --ephemeral --json

                takes free ports and a temporary folder, and prints one line of JSON when all processes are ready. It stops them \
                and removes the folder when its standard input is closed, so keep that open as long as the test runs. The line:
                  {"router": {"address": "127.0.0.1:PORT", "admin_address": …, "pid": …, "command": […], "log": …},
                   "chooser_url": …, "folder": …,
                   "geos": {"eu": {"number": 1, "portal_url": …, "portal_id": …, "api_url": …, "console_url": …,
                            "mailbox_url": …, "maildir": …, "admin_token": …,
                            "node": {"address": …, "admin_address": …, "pid": …, "command": […], "log": …, "data": …}}, …}}

                Names below .localhost lead to this machine in browsers and curl; other clients connect to the router's address and \
                send the host of portal_url or api_url in the Host field. Without TLS, copy the two session cookies yourself: \
                they are Secure, and most HTTP libraries keep such cookies to themselves over plain HTTP.
                """)

        @OptionGroup var size: ClusterSize

        @Option(help: ArgumentHelp("Where configuration, data and logs are kept.", valueName: "folder"))
        var folder = ".demo"

        @Option(help: "The router's port; its admin port is the next one.")
        var port = 8080

        @Option(help: "The first node's port; the others follow, and the admin ports are a hundred higher.")
        var nodePort = 9101

        @Flag(help: "Let developers in without an admin, in portals that are made now.")
        var autoApprove = false

        @Flag(inversion: .prefixedNo, help: "Publish two APIs to each portal that is made now.")
        var sampleApis = true

        @Flag(help: "Let router and nodes speak plain TCP, for clients that connect to a node themselves.")
        var plainInside = false

        @Flag(help: "Empty the folder first.")
        var reset = false

        @Flag(help: "Take free ports and a temporary folder; stop and clean up when standard input closes.")
        var ephemeral = false

        @Flag(help: "Print one line of JSON instead of a table.")
        var json = false

        func validate() throws {
            let mostPort = 65535 - 1
            guard (1...mostPort).contains(port) else {
                throw ValidationError("--port: expected 1 to \(mostPort), because the admin port is the next one; found \(port)")
            }
            let mostNodePort = 65535 - ClusterOptions.adminPortDistance - size.geos.split(separator: ",").count
            guard (1...mostNodePort).contains(nodePort) else {
                throw ValidationError("--node-port: expected 1 to \(mostNodePort), found \(nodePort)")
            }
        }

        func run() async throws {
            let folder = ephemeral ? ClusterSize.temporaryFolder() : folder
            do {
                try await serve(folder: folder)
            } catch {
                throw CommandFailure.report(error)
            }
        }

        private func serve(folder: String) async throws {
            var options = try size.options(folder: folder, port: ephemeral ? nil : port)
            options.nodePort = nodePort
            options.autoApprove = autoApprove
            options.publishesSampleAPIs = sampleApis
            options.emptiesFolder = reset
            options.isPlainInside = plainInside
            let end = await EndOfCommand(watchesStandardInput: ephemeral)
            defer { if ephemeral { try? FileManager.default.removeItem(atPath: folder) } }
            let cluster = try LocalCluster(options, makeToken: ClusterSize.makeToken, report: Self.report)
            guard let description = try await end.cancels({ try await cluster.start() }) else {
                return Self.report("stopped before everything was ready")
            }
            try announce(description, order: options.geos)
            await end.reached()
            Self.report("stopping")
            await cluster.stop()
        }

        private func announce(_ description: ClusterDescription, order: [String]) throws {
            if json {
                print(try description.line())
            } else {
                print("\n\(description.table(order: order))\n\n  Ctrl-C stops everything; the next start finds its data again.")
            }
            fflush(nil)
        }

        private static let report: @Sendable (String) -> Void = { line in
            FileHandle.standardError.write(Data("  \(line)\n".utf8))
        }
    }
}
