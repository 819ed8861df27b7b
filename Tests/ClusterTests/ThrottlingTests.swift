import Foundation
import Testing

@Suite("Guessing passwords through the router", .timeLimit(.minutes(2)))
struct ThrottlingTests {
    @Test("after ten wrong passwords comes 429 with Retry-After, known address or not, and a power cut forgives nothing")
    func address() async throws {
        try await RunningCluster.with(["--geos", "eu", "--scrypt-log-n", "10"]) { cluster in
            let settings = ["PORTOLAN_THROTTLING_FIRST_DELAY_SECONDS": "600"]
            let node = try await RestartedNode(of: "eu", in: cluster, settings: settings)
            let jane = SignUp(
                cluster: cluster, geo: "eu", name: "Jane Doe", email: "jane@example.com", password: "correct horse battery")
            try await jane.register()
            try await jane.complete()
            #expect(try await jane.change(to: "approved").status == 200)
            let nobody = SignUp(
                cluster: cluster, geo: "eu", name: "Nobody", email: "nobody@example.com", password: "wrong password")
            for _ in 0..<11 {
                #expect(try await jane.logIn(password: "wrong password").status == 401)
                #expect(try await nobody.logIn().status == 401)
            }
            for answer in [try await jane.logIn(), try await nobody.logIn()] { try expectSlowedDown(answer) }
            let again = try await node.killedAndRestarted(of: "eu", in: cluster, settings: settings)
            try expectSlowedDown(try await jane.logIn())
            // The owner gets in at once all the same, by a link that only the owner gets.
            #expect(try await jane.portal.post("/api/v3/developer/forgot-password", ["email": jane.email]).status == 200)
            let token = try await jane.mailbox.token(to: jane.email, in: "reset-password")
            let reset = try await jane.portal.post(
                "/api/v3/developer/reset-password", ["token": token, "password": "another good one"])
            #expect(reset.status == 204)
            let site = try jane.portal.with(cookies: reset.cookies)
            #expect(try await jane.logIn(at: site, password: "another good one").status == 204)
            try expectSlowedDown(try await jane.logIn(password: "another good one"))
            again.process.signal(SIGTERM)
            #expect(await again.process.end() == 0)
        }
    }

    @Test("a client that claims to be another one with each request is slowed down as the one that it is")
    func spoofedClient() async throws {
        try await RunningCluster.with(["--geos", "eu", "--scrypt-log-n", "10"]) { cluster in
            let node = try await RestartedNode(
                of: "eu", in: cluster, settings: ["PORTOLAN_THROTTLING_FREE_FAILURES_OF_CLIENT": "5"])
            var site = try cluster.portal("eu")
            var statuses: [Int] = []
            for number in 0..<8 {
                for name in ["X-Forwarded-For", "X-Real-IP", "True-Client-IP"] { site.headers[name] = "203.0.113.\(number)" }
                site.headers["Forwarded"] = "for=203.0.113.\(number)"
                let answer = try await site.post(
                    "/api/v3/developer/authenticate", ["username": "dev\(number)@example.com", "password": "wrong password"])
                statuses.append(answer.status)
            }
            #expect(statuses.prefix(6) == [401, 401, 401, 401, 401, 401])
            #expect(statuses.dropFirst(6).contains(429))
            node.process.signal(SIGTERM)
            #expect(await node.process.end() == 0)
        }
    }

    private func expectSlowedDown(_ answer: Site.Answer) throws {
        #expect(answer.status == 429)
        let seconds = try #require(answer.headers["retry-after"].first.flatMap { Int($0) })
        #expect((1...600).contains(seconds))
        #expect(answer.headers["content-type"] == ["application/problem+json"])
    }
}
