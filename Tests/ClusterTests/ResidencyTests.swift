import Foundation
import Testing

@Suite("Developer data stays in its geo", .timeLimit(.minutes(5)))
struct ResidencyTests {
    @Test("an address of eu is a stranger in us, and eu's credentials are refused there, by the router and by the node")
    func strangers() async throws {
        try await RunningCluster.with(["--auto-approve", "--plain-inside"]) { cluster in
            let eu = SignUp(
                cluster: cluster, geo: "eu", name: "Jane Doe", email: "jane@example.com", password: "correct horse battery")
            try await eu.register()
            try await eu.complete()
            let logIn = try await eu.logIn()
            #expect(logIn.status == 204)

            // The eu password opens nothing in us, and the answer is that of an unknown account.
            let us = try cluster.portal("us")
            let known = try await eu.logIn(at: us)
            let unknown = try await us.post(
                "/api/v3/developer/authenticate", ["username": "nobody@example.com", "password": "whatever it is"])
            #expect(known.status == 401 && unknown.status == 401)
            #expect(try known.json()["detail"] as? String == unknown.json()["detail"] as? String)

            // The same address signs up in us as a stranger.
            let stranger = SignUp(
                cluster: cluster, geo: "us", name: "Jane Doe", email: "jane@example.com", password: "another good password")
            try await stranger.register()
            try await stranger.complete()
            #expect(try await stranger.logIn().status == 204)
            #expect(try await eu.logIn(at: us).status == 401)

            // eu's cookies, admin token, ids and links at us: the router refuses, and the node when it is asked directly.
            let usNode = Site(connect: try cluster.geo("us").node.address, host: us.host)
            #expect(try await us.with(cookies: logIn.cookies).get("/api/v3/developer/me").status == 403)
            #expect(try await usNode.with(cookies: logIn.cookies).get("/api/v3/developer/me").status == 401)
            var management = try cluster.management("us")
            management.headers = ["Authorization": "Bearer \(try cluster.geo("eu").adminToken)"]
            #expect(try await management.get("/v3/portals").status == 403)
            let usManagementNode = Site(connect: usNode.connect, host: management.host, headers: management.headers)
            #expect(try await usManagementNode.get("/v3/portals").status == 401)
            let euPortal = "/v3/portals/\(try cluster.geo("eu").portalId)"
            #expect(try await cluster.management("us").get(euPortal).status == 403)
            let forgot = try await eu.portal.post("/api/v3/developer/forgot-password", ["email": eu.email])
            #expect(forgot.status == 200)
            let token = try await eu.mailbox.token(to: eu.email, count: 3)
            #expect(try await us.get("/reset-password?token=\(token)").status == 403)
            let body = ["token": token, "password": "yet another password"]
            #expect(try await us.post("/api/v3/developer/reset-password", body).status == 404)
            // Nothing of that used the link up.
            #expect(try await eu.portal.post("/api/v3/developer/reset-password", body).status == 204)
        }
    }

    @Test("a host that no geo knows is 421, at the router and at the node")
    func unknownHosts() async throws {
        try await RunningCluster.with(["--plain-inside"]) { cluster in
            let router = try cluster.portal("eu")
            let node = Site(connect: try cluster.geo("eu").node.address, host: router.host)
            for host in ["example.com", "acme.xx.portal.localhost", "localhost", "127.0.0.1:80"] {
                #expect(try await router.with(host: host).get("/").status == 421)
                #expect(try await node.with(host: host).get("/").status == 421)
            }
            // A router that sends us's requests to eu's node finds it closed.
            #expect(try await node.with(host: cluster.portal("us").host).get("/register").status == 421)
        }
    }

    @Test("a geo that is down is 503, and the others go on")
    func down() async throws {
        try await RunningCluster.with { cluster in
            kill(try cluster.geo("eu").node.pid, SIGKILL)
            let eu = try cluster.portal("eu")
            let answer = try await eventually("the router sees the node gone") {
                let answer = try await eu.get("/register")
                return answer.status == 503 ? answer : nil
            }
            #expect(answer.headers["retry-after"].first != nil)
            #expect(answer.headers["content-type"].first == "application/problem+json")
            for geo in ["us", "au"] { #expect(try await cluster.portal(geo).get("/register").status == 200) }
        }
    }

    @Test("after every flow in eu no byte of us, au or the router holds anything of the developer")
    func canaries() async throws {
        let canary = "qz\(UInt32.random(in: 1_000_000_000...UInt32.max))"
        try await RunningCluster.with { cluster in
            let jane = SignUp(
                cluster: cluster, geo: "eu", name: "Name-\(canary)", email: "mail-\(canary)@example.com",
                password: "Password-\(canary)")
            try await jane.register()
            try await jane.register()
            try await jane.complete()
            #expect(try await jane.change(to: "approved").status == 200)
            let logIn = try await jane.logIn()
            #expect(try await jane.me(logIn.cookies).status == 200)
            _ = try await jane.portal.post("/api/v3/developer/forgot-password", ["email": jane.email])
            _ = try await jane.portal.get("/login?email=mail-\(canary)%40example.com&returnTo=%2F\(canary)")
            _ = try await cluster.portal("us").with(cookies: logIn.cookies).get("/api/v3/developer/me?x=\(canary)")
            _ = try await jane.portal.with(host: "\(canary).example.com").get("/\(canary)")
            #expect(try await jane.change(to: "revoked").status == 200)
            #expect(try await cluster.management("eu").send("DELETE", "\(jane.developers)/\(jane.id())").status == 204)

            var places = [cluster.description.router.log]
            for geo in ["us", "au"] { places += [try cluster.geo(geo).node.data, try cluster.geo(geo).node.log] }
            // A scan that finds nothing anywhere proves nothing: eu itself must hold the canary.
            #expect(try CanaryScan(canary).hits(in: [cluster.geo("eu").node.data]).isEmpty == false)
            #expect(try CanaryScan(canary).hits(in: places) == [])
            // The node's own log holds no developer's data either.
            #expect(try CanaryScan(canary).hits(in: [cluster.geo("eu").node.log]) == [])
        }
    }
}

/// Searches files for a text in the forms in which data leaks: as it is, in any case, and in base64.
struct CanaryScan {
    let needles: [[UInt8]]

    init(_ canary: String) {
        // Of base64 the middle is the same for each of the three alignments but for its edges.
        let encoded = (0..<3).map { shift in
            let padded = Data(String(repeating: "x", count: shift).utf8) + Data(canary.utf8)
            return Array(padded.base64EncodedString().dropFirst(4).dropLast(4).utf8)
        }
        needles = [Array(canary.lowercased().utf8)] + encoded
    }

    /// The files below these paths that hold it.
    func hits(in paths: [String]) throws -> [String] {
        try paths.flatMap(files).filter { path in
            let data = try Data(contentsOf: URL(fileURLWithPath: path))
            let lowered = Data(data.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 | 0x20 : $0 })
            return lowered.range(of: Data(needles[0])) != nil || needles.dropFirst().contains { data.range(of: Data($0)) != nil }
        }
    }

    private func files(below path: String) throws -> [String] {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw NeverHappened(what: "\(path) exists", limit: .zero)
        }
        guard isFolder.boolValue else { return [path] }
        let names = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
        return names.map { "\(path)/\($0)" }.filter {
            FileManager.default.fileExists(atPath: $0, isDirectory: &isFolder) && !isFolder.boolValue
        }
    }
}
