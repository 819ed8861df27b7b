import ChildProcesses
import Foundation
import Testing

@Suite("A node sends its mails through a submission server", .timeLimit(.minutes(5)))
struct SubmissionTests {
    static let password = "smtp secret 4711"

    @Test("with STARTTLS and AUTH, also when the server says no at first and the node dies in between")
    func submits() async throws {
        let folder = try TemporaryFolder()
        let server = try SubmissionServer(
            folder: folder,
            options: #""user": "portolan", "password": "\#(Self.password)", "answers": {"RCPT": ["451 4.7.1 later"]}"#)
        let greeting = try await server.greeting()
        try folder.write("topology.yaml", StartTests.topology)
        try folder.write("secret", "\(Self.password)\n")
        try folder.write(
            "node.yaml",
            """
            geo: eu
            topology: topology.yaml
            listen: 127.0.0.1:0
            admin_listen: 127.0.0.1:0
            data: data
            mail:
              transport: smtp
              from: "Acme <no-reply@example.com>"
              smtp: {host: localhost, port: \(greeting.port), username: portolan, password_file: secret, ca_file: \(greeting.ca_file)}
            """)
        let token = try ChildProcess(
            Products.path("portolanctl"),
            ["admin", "token", "create", "--config", folder.path("node.yaml"), "--email", "admin@example.com"])
        #expect(await token.end() == 0)

        let node = try start(in: folder)
        var management = Site(connect: try await address(of: node), host: "eu.api.localhost")
        management.headers = ["Authorization": "Bearer \(token.output.trimmingCharacters(in: .whitespacesAndNewlines))"]
        #expect(try await management.send("POST", "/v3/portals", json: ["name": "acme"]).status == 201)
        let registration = try await Site(connect: management.connect, host: "acme.eu.portal.localhost").post(
            "/api/v3/developer", ["full_name": "Jane Doe", "email": "jane@example.com"])
        #expect(registration.status == 201)
        _ = try await eventually("the server was asked and said no") { server.connections > 0 ? true : nil }
        node.signal(SIGKILL)
        await node.end()

        let next = try start(in: folder)
        let mail = try await eventually("the mail arrives") { try server.mails().first }
        #expect(mail.to == ["jane@example.com"])
        #expect(mail.encrypted)
        #expect(mail.mechanism != nil)
        #expect(String(decoding: mail.content, as: UTF8.self).contains("token="))
        next.signal(SIGTERM)
        #expect(await next.end() == 0)
        for log in [node.errors, next.errors] { #expect(!log.contains("jane") && !log.contains(Self.password)) }
        await server.stop()
    }

    private func start(in folder: TemporaryFolder) throws -> ChildProcess {
        try ChildProcess(Products.path("portolan-node"), ["--config", folder.path("node.yaml")])
    }

    /// Where the node serves, from the line that says so.
    private func address(of node: ChildProcess) async throws -> String {
        try await eventually("the node serves") {
            node.errors.firstMatch(of: /serves portals and APIs address=(\S+)/).map { String($0.1) }
        }
    }
}
