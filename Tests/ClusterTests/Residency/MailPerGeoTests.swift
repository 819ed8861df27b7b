import ChildProcesses
import Foundation
import Testing

@Suite("residency row 12: each geo's mail leaves by that geo's own server", .timeLimit(.minutes(5)))
struct MailPerGeoTests {
    @Test("two geos, two servers: neither ever hears of the other's developers, and each link is of its own geo")
    func servers() async throws {
        let folder = try TemporaryFolder()
        try folder.write("topology.yaml", StartTests.topology)
        let eu = try await GeoWithServer(geo: "eu", in: folder)
        let us = try await GeoWithServer(geo: "us", in: folder)
        for number in 0..<3 {
            for geo in [eu, us] { try await geo.register("dev\(number)@\(geo.id).example") }
        }
        for (geo, other) in [(eu, us), (us, eu)] {
            let mails = try await eventually("the server of \(geo.id) has its mails") {
                let mails = try geo.server.mails()
                return mails.count >= 3 ? mails : nil
            }
            #expect(mails.count == 3)
            #expect(mails.flatMap(\.to).allSatisfy { $0.hasSuffix("@\(geo.id).example") })
            for mail in mails {
                let text = String(decoding: mail.content, as: UTF8.self)
                    .replacingOccurrences(of: "=\r\n", with: "")
                #expect(text.contains("acme.\(geo.id).portal.localhost"))
                #expect(!text.contains("\(other.id).portal.localhost") && !text.contains("@\(other.id).example"))
            }
        }
        for geo in [eu, us] { await geo.stop() }
    }

    @Test("a node whose geo's server is down keeps its mails, and the other geo's server gets none of them")
    func noDetour() async throws {
        let folder = try TemporaryFolder()
        try folder.write("topology.yaml", StartTests.topology)
        let eu = try await GeoWithServer(geo: "eu", in: folder)
        let us = try await GeoWithServer(geo: "us", in: folder)
        await eu.server.stop()
        try await eu.register("jane@eu.example")
        _ = try await eventually("eu's node has tried") { eu.node.errors.contains("mail") ? true : nil }
        try await us.register("bo@us.example")
        let mails = try await eventually("us's mail arrives") {
            let mails = try us.server.mails()
            return mails.isEmpty ? nil : mails
        }
        #expect(mails.flatMap(\.to) == ["bo@us.example"])
        for geo in [eu, us] { await geo.stop() }
    }
}

/// A node that sends by a submission server of its own.
private struct GeoWithServer {
    let id: String
    let server: SubmissionServer
    let node: ChildProcess
    private let portal: Site

    init(geo: String, in folder: TemporaryFolder) async throws {
        id = geo
        let ownFolder = try TemporaryFolder()
        server = try SubmissionServer(folder: ownFolder, options: #""user": "\#(geo)", "password": "secret of \#(geo)""#)
        let greeting = try await server.greeting()
        try folder.write("\(geo).secret", "secret of \(geo)\n")
        try folder.write(
            "\(geo).yaml",
            """
            geo: \(geo)
            topology: topology.yaml
            listen: 127.0.0.1:0
            admin_listen: 127.0.0.1:0
            data: \(geo)-data
            mail:
              transport: smtp
              from: "Acme <no-reply@\(geo).example.com>"
              smtp: {host: localhost, port: \(greeting.port), username: \(geo), password_file: \(geo).secret, ca_file: \(greeting.ca_file)}
            """)
        certificates = ownFolder
        let token = try ChildProcess(
            Products.path("portolanctl"),
            ["admin", "token", "create", "--config", folder.path("\(geo).yaml"), "--email", "admin@example.com"])
        #expect(await token.end() == 0)
        let node = try ChildProcess(Products.path("portolan-node"), ["--config", folder.path("\(geo).yaml")])
        self.node = node
        let address = try await eventually("the node serves") {
            node.errors.firstMatch(of: /serves portals and APIs address=(\S+)/).map { String($0.1) }
        }
        var management = Site(connect: address, host: "\(geo).api.localhost")
        management.headers = ["Authorization": "Bearer \(token.output.trimmingCharacters(in: .whitespacesAndNewlines))"]
        #expect(try await management.send("POST", "/v3/portals", json: ["name": "acme"]).status == 201)
        portal = Site(connect: address, host: "acme.\(geo).portal.localhost")
    }

    /// The folder of the server's certificates, kept as long as the server.
    private let certificates: TemporaryFolder

    func register(_ email: String) async throws {
        let answer = try await portal.post("/api/v3/developer", ["full_name": "Jane Doe", "email": email])
        #expect(answer.status == 201)
    }

    func stop() async {
        node.signal(SIGTERM)
        await node.end()
        await server.stop()
    }
}
