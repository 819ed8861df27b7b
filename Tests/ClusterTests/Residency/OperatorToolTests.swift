import ChildProcesses
import Foundation
import Testing

@Suite("residency row 15: portolanctl talks to one geo at a time", .timeLimit(.minutes(5)))
struct OperatorToolTests {
    @Test("a token of another geo is refused before anything is sent, for every command")
    func foreignToken() async throws {
        try await RunningCluster.with(["--geos", "eu,us"]) { cluster in
            let (eu, us) = (try cluster.geo("eu"), try cluster.geo("us"))
            let log = cluster.description.router.log
            let before = try requests(in: log)
            for command in Self.commands {
                let refused = try await run(command, api: us.apiUrl, token: eu.adminToken)
                #expect(refused.status != 0, "\(command)")
                #expect(refused.errors.contains("of the geo eu"), "\(command): \(refused.errors)")
                #expect(refused.errors.contains("nothing was sent"), "\(command)")
                #expect(!refused.errors.contains(eu.adminToken))
            }
            #expect(try requests(in: log) == before)
            // With the geo's own token the same way leads through.
            #expect(try await run(["admins", "list"], api: us.apiUrl, token: us.adminToken).status == 0)
            #expect(try requests(in: log) > before)
        }
    }

    private static let commands = [
        ["developers", "list", "--portal", "acme"], ["developers", "approve", "--portal", "acme", "jane@example.com"],
        ["developers", "delete", "--yes", "--portal", "acme", "jane@example.com"], ["admins", "list"],
        ["portals", "delete", "--yes", "acme"], ["audit", "export"],
    ]

    @Test("an address that names no geo, or two addresses, are no way to a geo")
    func addresses() async throws {
        let token = "ptladm_eu_\(String(repeating: "a", count: 43))"
        for address in ["https://api.example.com", "https://127.0.0.1:9101", "https://eu.portal.example.com", "https://eu"] {
            let refused = try await run(["admins", "list"], api: address, token: token)
            #expect(refused.status != 0)
            #expect(refused.errors.contains("expected the address of a geo's management API"), "\(address): \(refused.errors)")
        }
        let noToken = try await run(["admins", "list"], api: "https://eu.api.example.com", token: "ptla_eu_x")
        #expect(noToken.errors.contains("expected an admin token"))
        // Of two addresses the last one counts, as with every option: there is no list of them.
        let twice = try await run(
            ["admins", "list", "--api", "https://eu.api.example.com"], api: "https://us.api.example.com", token: token)
        #expect(twice.errors.contains("nothing was sent"))
    }

    @Test("no command has an option for several geos, but for the local cluster that it starts itself")
    func help() async throws {
        for command in Self.commands.map({ Array($0.prefix(2)) }) {
            let process = try ChildProcess(Products.path("portolanctl"), command + ["--help"])
            #expect(await process.end() == 0)
            #expect(process.output.contains("--api <url>"))
            #expect(!process.output.contains("--geos") && !process.output.contains("--topology"))
        }
    }

    private func run(
        _ command: [String], api: String, token: String
    ) async throws -> (status: Int32, output: String, errors: String) {
        let process = try ChildProcess(
            Products.path("portolanctl"), command + ["--api", api], environment: ["PORTOLAN_ADMIN_TOKEN": token])
        return (await process.end(), process.output, process.errors)
    }

    /// How many requests the router has told its log of.
    private func requests(in log: String) throws -> Int {
        try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n").count { $0.contains("route=") }
    }
}
