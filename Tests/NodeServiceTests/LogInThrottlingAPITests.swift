import Accounts
import HTTPTypes
import Testing

@Suite("Guessing passwords by the Portal API")
struct LogInThrottlingAPITests {
    static let address = "jane@example.com"

    /// A wait long enough for a slow machine to see it.
    static func slowingDown(ofClientAfter free: Int = 100, _ test: (TestNode) async throws -> Void) async throws {
        var policy = AccountPolicy()
        policy.throttle.firstDelay = .seconds(60)
        policy.throttle.freeFailuresOfClient = free
        try await TestNode.with(autoApprove: true, policy: policy) { node in
            try await node.member(address)
            try await test(node)
        }
    }

    @Test(
        "ten wrong passwords are free; after the next one all are 429 with Retry-After, the right one too, whoever has the address",
        arguments: [address, "nobody@example.com"])
    func slowsDown(email: String) async throws {
        try await Self.slowingDown { node in
            for _ in 0..<11 { #expect(try await node.logIn(email, "wrong horse").status == 401) }
            for password in [TestNode.password, "wrong horse"] {
                let slowed = try await node.logIn(email, password)
                #expect(slowed.status == 429)
                #expect(slowed.headers[.contentType] == "application/problem+json")
                #expect((1...60).contains(Int(slowed.headers[.retryAfter] ?? "") ?? 0))
                #expect(slowed.headers[values: .setCookie].isEmpty)
            }
            #expect(try await node.logIn("other@example.com", "wrong horse").status == 401)
        }
    }

    @Test("the right password clears what wrong ones before it have counted")
    func forgives() async throws {
        try await Self.slowingDown { node in
            for _ in 0..<3 {
                for _ in 0..<10 { #expect(try await node.logIn(Self.address, "wrong horse").status == 401) }
                let right = try await node.logIn(Self.address)
                #expect(right.status == 204)
            }
        }
    }

    @Test("nobody shuts an owner out: a client that shows the device of an earlier log-in still gets in")
    func knownDevice() async throws {
        try await Self.slowingDown { node in
            let device = try #require(try await node.logIn(Self.address).cookie("portaldevice"))
            for _ in 0..<11 { _ = try await node.logIn(Self.address, "wrong horse") }
            #expect(try await node.logIn(Self.address).status == 429)
            #expect(
                try await node.logIn(Self.address, cookies: "portaldevice=\(String(repeating: "0", count: 97))").status == 429)
            #expect(try await node.logIn(Self.address, cookies: device).status == 204)
        }
    }

    @Test("a device has a count of its own, and is of no use for another address")
    func deviceIsNoWayAround() async throws {
        try await Self.slowingDown { node in
            let device = try #require(try await node.logIn(Self.address).cookie("portaldevice"))
            for _ in 0..<11 { #expect(try await node.logIn(Self.address, "wrong horse", cookies: device).status == 401) }
            #expect(try await node.logIn(Self.address, cookies: device).status == 429)
            #expect(try await node.logIn(Self.address).status == 204)

            try await node.member("joe@example.com")
            for _ in 0..<11 { _ = try await node.logIn("joe@example.com", "wrong horse") }
            let other = try #require(try await node.logIn(Self.address).cookie("portaldevice"))
            #expect(try await node.logIn("joe@example.com", cookies: other).status == 429)
        }
    }

    @Test("a reset by mail lets the owner in at once from the client that did it")
    func reset() async throws {
        try await Self.slowingDown { node in
            for _ in 0..<11 { _ = try await node.logIn(Self.address, "wrong horse") }
            let reset = try await node.setPassword("another fine battery", token: node.resetToken(Self.address))
            #expect(reset.status == 204)
            #expect(try await node.logIn(Self.address, "another fine battery").status == 429)
            let device = try #require(reset.cookie("portaldevice"))
            #expect(try await node.logIn(Self.address, "another fine battery", cookies: device).status == 204)
        }
    }

    @Test("a client that fails for many addresses is slowed down for all of them, and others are not")
    func manyAddresses() async throws {
        try await Self.slowingDown(ofClientAfter: 5) { node in
            for number in 0..<6 {
                let answer = try await node.logIn("somebody\(number)@example.com", "wrong horse", from: "203.0.113.7")
                #expect(answer.status == 401)
            }
            let slowed = try await node.logIn(Self.address, from: "203.0.113.7")
            #expect(slowed.status == 429)
            #expect(slowed.headers[.retryAfter] != nil)
            #expect(try await node.logIn(Self.address, from: "203.0.113.8").status == 204)
        }
    }
}
