import Foundation
import Testing

@Suite("A node's JSON log", .timeLimit(.minutes(5)))
struct JSONLogTests {
    @Test(
        "names requests by the id under which the router tells of them, and holds nothing of a developer, at any level up to debug"
    )
    func canaries() async throws {
        let canary = "qz\(UInt32.random(in: 1_000_000_000...UInt32.max))"
        try await RunningCluster.with(["--geos", "eu,us", "--scrypt-log-n", "10"]) { cluster in
            let node = try await RestartedNode(
                of: "eu", in: cluster, settings: ["PORTOLAN_LOG_FORMAT": "json", "PORTOLAN_LOG_LEVEL": "debug"])
            let jane = SignUp(
                cluster: cluster, geo: "eu", name: "Name-\(canary)", email: "mail-\(canary)@example.com",
                password: "Password-\(canary)")
            try await jane.register()
            try await jane.complete()
            #expect(try await jane.logIn(password: "wrong-\(canary)").status == 401)
            #expect(try await jane.change(to: "approved").status == 200)
            let cookies = try await jane.logIn().cookies
            #expect(try await jane.me(cookies).status == 200)
            _ = try await jane.portal.get("/login?email=mail-\(canary)%40example.com&returnTo=%2F\(canary)")
            _ = try await jane.portal.post("/api/v3/developer", ["full_name": canary, "email": "not-\(canary)"])
            _ = try await jane.portal.post("/api/v3/developer/forgot-password", ["email": jane.email])
            #expect(try await cluster.management("eu").send("DELETE", "\(jane.developers)/\(jane.id())").status == 204)

            let lines = try node.process.errors.split(separator: "\n").map { line in
                try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any], "\(line)")
            }
            for line in lines {
                for key in ["time", "level", "logger", "message"] { #expect(line[key] is String, "\(line)") }
            }
            let ids = Set(lines.compactMap { $0["request"] as? String })
            #expect(ids.count > 8)
            let router = try String(contentsOfFile: cluster.description.router.log, encoding: .utf8)
            let shared = ids.filter { router.contains("request_id=\($0)") }
            #expect(shared.count > 8)
            let log = URL(fileURLWithPath: "\(cluster.description.folder)/eu.json")
            try Data(node.process.errors.utf8).write(to: log)
            #expect(try CanaryScan(canary).hits(in: [log.path]) == [])
            node.process.signal(SIGTERM)
            #expect(await node.process.end() == 0)
        }
    }
}
