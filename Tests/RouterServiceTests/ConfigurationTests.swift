import ConfigurationFiles
import Foundation
import RouterService
import Testing

@Suite("A router with a wrong configuration does not start")
struct ConfigurationTests {
    static let topology = """
        domain: example.com
        geos:
          - {id: eu, number: 1, nodes: [{address: "127.0.0.1:9101"}]}
        """

    private func read(_ yaml: String, environment: [String: String] = [:], topology: String = topology) throws
        -> RouterConfiguration
    {
        try RouterConfiguration(yaml: yaml, named: "router.yaml", environment: environment) { ("\($0)", topology) }
    }

    @Test("every key is read")
    func everything() throws {
        let configuration = try read(
            """
            topology: topology.yaml
            listen: 127.0.0.1:8080
            admin_listen: "[::1]:8081"
            threads: 3
            access_log: false
            log: {format: json, level: debug}
            limits:
              header_bytes: 2048
              target_bytes: 512
              body_bytes: 1000
              connections: 7
              client_requests_per_second: 10
              client_burst: 11
              client_connections: 12
              upstream_connections: 13
              upstream_queue: 14
              upstream_queue_timeout_seconds: 15
              header_timeout_seconds: 1
              idle_timeout_seconds: 2.5
              upstream_connect_timeout_seconds: 3
              upstream_response_timeout_seconds: 4
              upstream_idle_connections: 5
              upstream_idle_timeout_seconds: 6
              shutdown_timeout_seconds: 7
            health: {interval_seconds: 8, timeout_seconds: 9, failures: 16}
            """)
        #expect(configuration.listen.port == 8080)
        #expect(configuration.adminListen?.host == "::1")
        #expect(configuration.threads == 3)
        #expect(!configuration.accessLog)
        #expect(configuration.log.format == .json)
        let limits = configuration.limits
        #expect(limits.headerBytes == 2048 && limits.targetBytes == 512 && limits.bodyBytes == 1000 && limits.connections == 7)
        #expect(limits.headerTimeout == .seconds(1) && limits.idleTimeout == .milliseconds(2500))
        #expect(limits.upstreamConnectTimeout == .seconds(3) && limits.upstreamResponseTimeout == .seconds(4))
        #expect(limits.upstreamIdleConnections == 5 && limits.upstreamIdleTimeout == .seconds(6))
        #expect(limits.clientRequestsPerSecond == 10 && limits.clientBurst == 11 && limits.clientConnections == 12)
        #expect(limits.upstreamConnections == 13 && limits.upstreamQueue == 14 && limits.upstreamQueueTimeout == .seconds(15))
        #expect(limits.healthFailures == 16)
        #expect(limits.shutdownTimeout == .seconds(7))
        #expect(limits.healthInterval == .seconds(8) && limits.healthTimeout == .seconds(9))
    }

    @Test("the environment overrides keys")
    func environment() throws {
        let configuration = try read(
            "topology: topology.yaml\nlisten: 127.0.0.1:8080\n",
            environment: ["PORTOLAN_LISTEN": "127.0.0.1:9999", "PORTOLAN_LIMITS_BODY_BYTES": "5"])
        #expect(configuration.listen.port == 9999)
        #expect(configuration.limits.bodyBytes == 5)
    }

    @Test(
        "the message names the file, the line, the key and what was expected",
        arguments: [
            ("listen: 127.0.0.1:8080\n", ["router.yaml", "topology", "required"]),
            ("topology: t.yaml\n", ["router.yaml", "listen", "required"]),
            ("topology: t.yaml\nlisten: 8080\n", ["router.yaml:2", "listen", "127.0.0.1:8080", "\"8080\""]),
            ("topology: t.yaml\nlisten: 127.0.0.1:1\nlimit: {}\n", ["router.yaml:3", "limit", "no such key"]),
            (
                "topology: t.yaml\nlisten: 127.0.0.1:1\nlimits:\n  body_bytes: many\n",
                ["router.yaml:4", "limits.body_bytes", "whole number", "\"many\""]
            ),
            (
                "topology: t.yaml\nlisten: 127.0.0.1:1\nlimits: {idle_timeout_seconds: 0}\n",
                ["router.yaml:3", "limits.idle_timeout_seconds", "0.1"]
            ),
            ("topology: t.yaml\nlisten: 127.0.0.1:1\nthreads: 0\n", ["router.yaml:3", "threads", "1 to 256"]),
            ("topology: [\n", ["router.yaml", "not YAML"]),
        ])
    func messages(yaml: String, parts: [String]) throws {
        let error = try #require(throws: ConfigurationError.self) { try read(yaml) }
        for part in parts { #expect("\(error)".contains(part), "\(error)") }
        #expect(!"\(error)".contains("\n"))
    }

    @Test("a wrong topology is named by its own file and line")
    func wrongTopology() throws {
        let yaml = "topology: maps/topology.yaml\nlisten: 127.0.0.1:1\n"
        let error = try #require(throws: ConfigurationError.self) { try read(yaml, topology: "domain: example.com\n") }
        #expect("\(error)".contains("maps/topology.yaml"))
        #expect("\(error)".contains("geos"))
    }

    @Test("a missing file, and a missing topology, are named")
    func missingFiles() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "portolan-router-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "router.yaml").path
        let missing = try #require(throws: ConfigurationError.self) { try RouterProgram(configurationFile: file) }
        #expect("\(missing)".contains(file))
        try "topology: topology.yaml\nlisten: 127.0.0.1:0\n".write(toFile: file, atomically: true, encoding: .utf8)
        let topology = try #require(throws: ConfigurationError.self) { try RouterProgram(configurationFile: file) }
        #expect("\(topology)".contains("topology"))
        #expect("\(topology)".contains("does not exist"))
        try Self.topology.write(
            toFile: folder.appending(path: "topology.yaml").path, atomically: true, encoding: .utf8)
        let program = try RouterProgram(configurationFile: file)
        #expect(program.summary.contains("eu (1 node)"))
    }

    @Test("a port that is taken stops the start, and the message names the key")
    func takenPort() async throws {
        try await serveTwoGeos { router, nodes in
            var configuration = try read("topology: t\nlisten: 127.0.0.1:\(router.address.port)\n")
            configuration.log.level = .critical
            let logger = configuration.log.logger(label: "portolan.router", sink: CapturedLog())
            let service = try Router(configuration, logger: logger)
            let error = await #expect(throws: RouterError.self) { try await service.run() }
            #expect("\(try #require(error))".contains("(listen)"))
        }
    }
}
