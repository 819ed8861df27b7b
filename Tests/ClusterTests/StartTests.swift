import ChildProcesses
import Foundation
import Testing

@Suite("Starting", .timeLimit(.minutes(5)))
struct StartTests {
    static let topology = """
        domain: localhost
        public: {scheme: http, port: 8080}
        geos:
          - {id: eu, number: 1, nodes: [{address: "127.0.0.1:9101"}]}
          - {id: us, number: 2, nodes: [{address: "127.0.0.1:9102"}]}
        """

    static func node(geo: String = "eu", extra: String = "") -> String {
        """
        geo: \(geo)
        topology: topology.yaml
        listen: 127.0.0.1:0
        admin_listen: 127.0.0.1:0
        data: data
        mail: {from: "Acme <no-reply@example.com>"}
        \(extra)
        """
    }

    @Test(
        "a wrong node.yaml stops the start with one line that names the place",
        arguments: [
            (node(extra: "colour: blue"), ["node.yaml:7", "colour", "no such key"]),
            (node(geo: "mars"), ["node.yaml:1", "geo", "eu, us"]),
            (node(extra: "shutdown_grace_seconds: soon"), ["node.yaml:7", "shutdown_grace_seconds", "soon"]),
            (node().replacingOccurrences(of: "topology.yaml", with: "nowhere.yaml"), ["nowhere.yaml", "does not exist"]),
            ("geo: [", ["node.yaml", "not YAML"]),
        ])
    func wrongNode(yaml: String, words: [String]) async throws {
        let folder = try TemporaryFolder()
        try folder.write("topology.yaml", Self.topology)
        try folder.write("node.yaml", yaml)
        let node = try ChildProcess(Products.path("portolan-node"), ["--config", folder.path("node.yaml")])
        #expect(await node.end() == 78)
        #expect(node.errors.split(separator: "\n").count == 1)
        for word in words { #expect(node.errors.contains(word)) }
    }

    @Test(
        "a wrong router.yaml stops the start with one line that names the place",
        arguments: [
            ("topology: topology.yaml\nlisten: here\n", ["router.yaml:2", "listen", "here"]),
            ("topology: nowhere.yaml\nlisten: 127.0.0.1:0\nadmin_listen: 127.0.0.1:0\n", ["nowhere.yaml"]),
            ("topologie: topology.yaml\nlisten: 127.0.0.1:0\n", ["router.yaml"]),
        ])
    func wrongRouter(yaml: String, words: [String]) async throws {
        let folder = try TemporaryFolder()
        try folder.write("topology.yaml", Self.topology)
        try folder.write("router.yaml", yaml)
        let router = try ChildProcess(Products.path("portolan-router"), ["--config", folder.path("router.yaml")])
        #expect(await router.end() == 78)
        #expect(router.errors.split(separator: "\n").count == 1)
        for word in words { #expect(router.errors.contains(word)) }
    }

    @Test("a node refuses the store of another geo")
    func foreignStore() async throws {
        let folder = try TemporaryFolder()
        try folder.write("topology.yaml", Self.topology)
        try folder.write("eu.yaml", Self.node())
        try folder.write("us.yaml", Self.node(geo: "us"))
        let token = try ChildProcess(
            Products.path("portolanctl"),
            ["admin", "token", "create", "--config", folder.path("eu.yaml"), "--email", "admin@example.com"])
        #expect(await token.end() == 0)
        #expect(token.output.hasPrefix("ptladm_eu_"))
        let node = try ChildProcess(Products.path("portolan-node"), ["--config", folder.path("us.yaml")])
        #expect(await node.end() != 0)
        #expect(node.errors.contains("eu") && node.errors.contains("us"))
    }

    @Test("a topology with two geos of one number is explained")
    func topologyCheck() async throws {
        let folder = try TemporaryFolder()
        try folder.write("topology.yaml", Self.topology.replacingOccurrences(of: "number: 2", with: "number: 1"))
        let check = try ChildProcess(Products.path("portolanctl"), ["topology", "check", folder.path("topology.yaml")])
        #expect(await check.end() != 0)
        #expect(check.errors.contains("the number 1 is taken already by the geo eu"))
    }

    @Test("the files of deploy/examples are right")
    func examples() async throws {
        let folder = try TemporaryFolder()
        for name in ["topology.yaml", "node-eu.yaml", "router.yaml"] {
            try folder.write(
                name, String(contentsOf: Products.root.appendingPathComponent("deploy/examples/\(name)"), encoding: .utf8))
        }
        try folder.write("smtp.password", "secret\n")
        for arguments in [["init"], ["issue", "all", "--topology", folder.path("topology.yaml")]] {
            let certificates = try ChildProcess(
                Products.path("portolanctl"), ["certificates"] + arguments + ["--folder", folder.path("identity")])
            #expect(await certificates.end() == 0)
        }
        let checks = [
            try ChildProcess(Products.path("portolanctl"), ["topology", "check", folder.path("topology.yaml")]),
            try ChildProcess(Products.path("portolan-node"), ["--check", "--config", folder.path("node-eu.yaml")]),
            try ChildProcess(Products.path("portolan-router"), ["--check", "--config", folder.path("router.yaml")]),
        ]
        for check in checks {
            #expect(await check.end() == 0)
            #expect(check.errors.isEmpty)
        }
    }

    @Test("an ephemeral cluster leaves neither processes nor files behind when its standard input closes")
    func cleansUp() async throws {
        var folder = ""
        var pids: [Int32] = []
        try await RunningCluster.with(["--geos", "eu,us"]) { cluster in
            folder = cluster.description.folder
            pids = [cluster.description.router.pid] + cluster.description.geos.values.map(\.node.pid)
            #expect(pids.allSatisfy { kill($0, 0) == 0 })
        }
        #expect(!FileManager.default.fileExists(atPath: folder))
        #expect(pids.allSatisfy { kill($0, 0) != 0 })
    }
}

/// A folder that goes when the test is over.
final class TemporaryFolder: Sendable {
    let root: URL

    init() throws {
        root = FileManager.default.temporaryDirectory.appendingPathComponent("portolan-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: root) }

    func path(_ name: String) -> String { root.appendingPathComponent(name).path }

    func write(_ name: String, _ text: String) throws { try Data(text.utf8).write(to: root.appendingPathComponent(name)) }
}
