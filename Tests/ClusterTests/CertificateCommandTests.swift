import ChildProcesses
import Foundation
import Testing

@Suite("residency row 7: certificates by command, and a cluster that uses them", .timeLimit(.minutes(5)))
struct CertificateCommandTests {
    @Test("init, issue, show and rotate do what they say, and refuse what they must")
    func commands() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("certificates-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let topology = "\(folder)/topology.yaml"
        try "domain: example.com\ngeos:\n  - {id: eu, number: 1, nodes: [{address: \"127.0.0.1:9101\"}]}\n"
            .write(toFile: topology, atomically: true, encoding: .utf8)
        let place = ["--folder", "\(folder)/identity"]
        let issuing = place + ["--topology", topology]

        #expect(try await run(["show"] + place).status == 1)
        #expect(try await run(["init"] + place).status == 0)
        #expect(try await run(["init"] + place).status == 1)
        #expect(try await run(["issue", "node", "us"] + issuing).errors.contains("the topology has no geo us"))
        #expect(try await run(["issue", "node"] + issuing).status == 64)
        #expect(try await run(["issue", "all"] + issuing).output.contains("issued geo-eu.pem"))
        let shown = try await run(["show"] + place)
        #expect(shown.status == 0 && shown.output.contains("spiffe://example.com/geo/eu"))
        #expect(try await run(["rotate"] + issuing).output == "nothing is due\n")
        #expect(try await run(["rotate", "--all"] + issuing).output.contains("router.pem"))
        try FileManager.default.removeItem(atPath: "\(folder)/identity/router-key.pem")
        #expect(try await run(["show"] + place).status == 1)
    }

    @Test("in a cluster a node answers the router and nobody else, and takes renewed certificates as it runs")
    func cluster() async throws {
        try await RunningCluster.with(["--geos", "eu,us", "--scrypt-log-n", "10"]) { cluster in
            let router = try cluster.portal("eu")
            let node = Site(connect: try cluster.geo("eu").node.address, host: router.host)
            #expect(try await router.get("/register").status == 200)
            await #expect(throws: (any Error).self) { _ = try await node.get("/register") }

            let rotated = try await run([
                "rotate", "--all", "--folder", "\(cluster.description.folder)/identity", "--topology",
                "\(cluster.description.folder)/topology.yaml",
            ])
            #expect(rotated.status == 0)
            for pid in [cluster.description.router.pid, try cluster.geo("eu").node.pid] { kill(pid, SIGHUP) }
            for log in [cluster.description.router.log, try cluster.geo("eu").node.log] {
                _ = try await eventually("the identity is renewed") {
                    try String(contentsOfFile: log, encoding: .utf8).contains("identity renewed") ? true : nil
                }
            }
            #expect(try await router.get("/register").status == 200)
        }
    }

    private func run(_ arguments: [String]) async throws -> (status: Int32, output: String, errors: String) {
        let command = try ChildProcess(Products.path("portolanctl"), ["certificates"] + arguments)
        let status = await command.end()
        return (status, command.output, command.errors)
    }
}
