import Accounts
import HTTPTypes
import Testing

@Suite("Guessing passwords by the pages")
struct LogInThrottlingPageTests {
    static let address = "jane@example.com"

    @Test("ten wrong passwords are free; after the next one even the right one waits, for known and unknown addresses alike")
    func slowsDown() async throws {
        let site = try await TestSite(autoApprove: true)
        try await site.member(Self.address)
        try await site.browse { browser in
            _ = try await browser.get("/login")
            var bodies: Set<String> = []
            for email in [Self.address, "nobody@example.com"] {
                for _ in 0..<11 { #expect(try await browser.logIn(email, "wrong horse").status == .unauthorized) }
                let slowed = try await browser.logIn(email)
                #expect(slowed.status == .tooManyRequests)
                #expect(slowed.headers[.retryAfter] == "1")
                bodies.insert(slowed.body.replacing(email, with: "somebody@example.com"))
            }
            #expect(bodies.count == 1)
            site.clock.advance(by: .seconds(1))
            #expect(try await browser.logIn(Self.address).status == .seeOther)
        }
    }

    @Test("the wait doubles with each further wrong password, and ends at a quarter of an hour")
    func backsOff() async throws {
        let site = try await TestSite(autoApprove: true)
        try await site.member(Self.address)
        try await site.browse { browser in
            for _ in 0..<10 { _ = try await browser.logIn(Self.address, "wrong horse") }
            for seconds in [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900] {
                #expect(try await browser.logIn(Self.address, "wrong horse").status == .unauthorized)
                let slowed = try await browser.logIn(Self.address)
                #expect(slowed.headers[.retryAfter] == String(seconds))
                site.clock.advance(by: .seconds(seconds))
            }
            #expect(try await browser.logIn(Self.address).status == .seeOther)
        }
    }

    @Test("who has to wait sees how long, keeps what was typed but the password, and is shown the way to a new password")
    func saysWhat() async throws {
        let site = try await TestSite(autoApprove: true)
        try await site.member(Self.address)
        try await site.browse { browser in
            for _ in 0..<11 { _ = try await browser.logIn(Self.address, "wrong horse") }
            let page = try await browser.logIn(Self.address)
            #expect(try page.text(of: "title") == "Error: Log in · Acme")
            #expect(page.contains("Too many wrong passwords") && page.contains("Wait a second, then try again."))
            #expect(page.contains("<p class=\"ways\"><a href=\"/forgot-password\">Forgot my password</a></p>"))
            #expect(try page.field("email").contains("value=\"\(Self.address)\""))
            #expect(!page.contains(TestSite.password))
        }
    }

    @Test("nobody shuts an owner out: a browser at which the owner logged in before still gets in")
    func knownDevice() async throws {
        let site = try await TestSite(autoApprove: true)
        try await site.member(Self.address)
        try await site.browseTogether { owner, attacker in
            try await owner.logIn(Self.address)
            _ = try await owner.fill("/logout", [:])
            for _ in 0..<11 { _ = try await attacker.logIn(Self.address, "wrong horse") }
            #expect(try await attacker.logIn(Self.address).status == .tooManyRequests)
            #expect(try await owner.logIn(Self.address).status == .seeOther)
        }
    }

    @Test("a reset by mail lets the owner in at once from the browser that did it, and nobody else")
    func reset() async throws {
        let site = try await TestSite(autoApprove: true)
        try await site.member(Self.address)
        try await site.browseTogether { owner, attacker in
            for _ in 0..<11 { _ = try await attacker.logIn(Self.address, "wrong horse") }
            #expect(try await owner.logIn(Self.address).status == .tooManyRequests)
            _ = try await owner.fill("/forgot-password", ["email": Self.address])
            _ = try await owner.fill(site.mailedPath(to: Self.address), ["password": "another fine battery"])
            #expect(try await attacker.logIn(Self.address, "another fine battery").status == .tooManyRequests)
            #expect(try await owner.logIn(Self.address, "another fine battery").status == .seeOther)
        }
    }
}
