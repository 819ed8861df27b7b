import Certificates
import ChildProcesses
import Foundation
import Geography
import Testing

@Suite("portolanctl doctor", .timeLimit(.minutes(5)))
struct DoctorCommandTests {
    private struct Seen: Decodable {
        let subject: String
        let verdict: String
        let text: String
        let remedy: String?
    }

    private static func examine(_ arguments: String...) async throws -> (status: Int32, findings: [Seen]) {
        let answer = try await BackupGround.run(["doctor", "--json"] + arguments)
        return (answer.status, try JSONDecoder().decode([Seen].self, from: Data(answer.output.utf8)))
    }

    @Test("finds nothing wrong with a cluster's node and router")
    func healthy() async throws {
        try await RunningCluster.with(["--geos", "eu"]) { cluster in
            let node = try await Self.examine("--config", BackupGround.configuration(of: "eu", in: cluster))
            #expect(node.status == 0, "\(node.findings)")
            let router = try await Self.examine("--router", "\(cluster.description.folder)/router.yaml")
            #expect(router.status == 0, "\(router.findings)")
            #expect(Set(router.findings.map(\.subject)).isSuperset(of: ["identity", "nodes", "names", "clock"]))
        }
    }

    @Test("names each thing that is not right at a node, and what to do; and changes nothing")
    func sick() async throws {
        let folder = try TemporaryFolder()
        try folder.write(
            "topology.yaml", StartTests.topology.replacingOccurrences(of: "domain: localhost", with: "domain: portolan.invalid"))
        let nobody =
            #"mail: {from: "Acme <no-reply@example.com>", transport: smtp, smtp: {host: 127.0.0.1, port: 9, security: none}}"#
        let yaml = StartTests.node().replacingOccurrences(of: #"mail: {from: "Acme <no-reply@example.com>"}"#, with: nobody)
        try folder.write("node.yaml", yaml)
        let made = try await BackupGround.run([
            "admin", "token", "create", "--config", folder.path("node.yaml"), "--email", "admin@example.com",
        ])
        #expect(made.status == 0, "\(made.errors)")
        chmod(folder.path("data/outbox.key"), 0o600)
        chmod(folder.path("data/store.sqlite"), 0o644)
        let seen = try await Self.examine("--config", folder.path("node.yaml"))
        #expect(seen.status == 1)
        func problem(_ subject: String) -> Seen? { seen.findings.first { $0.subject == subject && $0.verdict == "problem" } }
        #expect(problem("files")?.remedy == "chmod 600 \(folder.path("data/store.sqlite"))")
        #expect(problem("names")?.text.contains("eu.api.portolan.invalid") == true)
        #expect(problem("mail")?.text.contains("127.0.0.1:9") == true)
        #expect(seen.findings.contains { $0.subject == "identity" && $0.verdict == "warning" })
        #expect(seen.findings.contains { $0.subject == "backup" && $0.verdict == "warning" })
        for finding in seen.findings where finding.verdict != "ok" { #expect(finding.remedy != nil) }

        chmod(folder.path("data/store.sqlite"), 0o600)
        try folder.write("smtp.password", "secret")
        chmod(folder.path("smtp.password"), 0o644)
        try folder.write(
            "open.yaml",
            yaml.replacingOccurrences(of: "security: none", with: "security: none, username: u, password_file: smtp.password"))
        let open = try await Self.examine("--config", folder.path("open.yaml"))
        #expect(open.findings.contains { $0.remedy == "chmod 600 \(folder.path("smtp.password"))" }, "\(open.findings)")

        try folder.write("us.yaml", yaml.replacingOccurrences(of: "geo: eu", with: "geo: us"))
        let foreign = try await Self.examine("--config", folder.path("us.yaml"))
        #expect(foreign.findings.contains { $0.subject == "store" && $0.text.contains("found the store of geo eu") })
        try folder.write("broken.yaml", yaml + "\ncolour: blue")
        let broken = try await Self.examine("--config", folder.path("broken.yaml"))
        #expect(broken.status == 78 && broken.findings.first?.text.contains("colour") == true)
    }

    @Test("sees at a router a certificate that has ended and a node that is gone")
    func router() async throws {
        try await RunningCluster.with(["--geos", "eu"]) { cluster in
            let folder = cluster.description.folder
            let topology = try Topology(
                yaml: String(contentsOfFile: "\(folder)/topology.yaml", encoding: .utf8), named: "topology.yaml")
            try CertificateFolder("\(folder)/identity").issue(
                .router, in: topology, now: Date(timeIntervalSinceNow: -2 * CertificateFolder.leafLifetime))
            kill(try cluster.geo("eu").node.pid, SIGKILL)
            let seen = try await Self.examine("--router", "\(folder)/router.yaml")
            #expect(seen.status == 1)
            let problems = Set(seen.findings.filter { $0.verdict == "problem" }.map(\.subject))
            #expect(problems == ["identity", "nodes"], "\(seen.findings)")
        }
    }
}
