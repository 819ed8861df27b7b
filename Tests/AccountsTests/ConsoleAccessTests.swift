import AccountsTesting
import Geography
import Testing

@testable import Accounts

@Suite("Admins get into the console", .timeLimit(.minutes(5)))
struct ConsoleAccessTests {
    private static let address = "admin@example.com"
    private static let client = Client(address: "192.0.2.1", agent: "A browser")

    /// An office with one admin, who has chosen a password.
    private struct Desk {
        let office: Office
        let admin: Admin
        var console: ConsoleAccess { office.flows.console }

        init(role: AdminRole = .owner) async throws {
            office = try await Office()
            admin = try await office.flows.admins.create(email: address, role: role, by: .operator)
            try await console.setPassword(Office.password, token: Self.token(in: console.link(for: address)))
        }

        static func token(in link: String) throws -> String { String(try #require(link.split(separator: "=").last)) }

        func mailedToken() async throws -> String {
            guard case .consolePassword(let link, _)? = try await office.mails(to: address).last else { return "" }
            return try Self.token(in: link)
        }

        func ticket(_ password: String = Office.password) async throws -> (text: String, isNew: Bool) {
            switch try await console.logIn(email: address, password: password, from: client) {
            case .newSecondFactor(let ticket): return (ticket.value, true)
            case .secondFactor(let ticket): return (ticket.value, false)
            case .entered: throw AccountError.conflict("no second factor was asked for")
            }
        }

        func code(of secret: String, after steps: Int64 = 0) -> String {
            TimeBasedCode(secret: Self.bytes(secret)).code(at: TimeBasedCode.step(at: office.clock.now) + steps)
        }

        /// Base32 read back, as an authenticator app does.
        private static func bytes(_ text: String) -> [UInt8] {
            let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
            let bits = text.filter { $0 != " " }.flatMap { character in
                let value = alphabet.firstIndex(of: character) ?? 0
                return (0..<5).reversed().map { value >> $0 & 1 }
            }
            return stride(from: 0, to: bits.count / 8 * 8, by: 8).map { start in
                UInt8(bits[start..<start + 8].reduce(0) { $0 << 1 | $1 })
            }
        }

        /// Sets up the second factor; gives its secret with the session.
        func enter() async throws -> (entrance: ConsoleAccess.Entrance, secret: String) {
            let ticket = try await ticket()
            let secret = try await console.offer(for: ticket.text).secret
            return (try await console.enter(with: ticket.text, code: code(of: secret), from: client), secret)
        }
    }

    @Test("a link, a password, a new second factor and its code lead in, and ten recovery codes are shown")
    func wholeWay() async throws {
        let desk = try await Desk()
        let ticket = try await desk.ticket()
        #expect(ticket.isNew)
        let offer = try await desk.console.offer(for: ticket.text)
        #expect(try await desk.console.offer(for: ticket.text).secret == offer.secret)
        let secret = offer.secret.filter { $0 != " " }
        let host = "eu.console.example.com"
        #expect(offer.uri.hasPrefix("otpauth://totp/\(host):admin%40example%2Ecom?secret=\(secret)&issuer=\(host)"))
        let entrance = try await desk.console.enter(with: ticket.text, code: desk.code(of: offer.secret), from: Self.client)
        #expect(Set(entrance.recoveryCodes).count == 10)
        let session = try await desk.console.session(showing: entrance.session.value)
        #expect(session.admin == desk.admin && session.agent == "A browser")
        #expect(try await desk.console.secondFactor(of: session) == (true, 10))
        await #expect(throws: AccountError.notAuthenticated) {
            try await desk.console.enter(with: ticket.text, code: desk.code(of: offer.secret, after: 1))
        }
    }

    @Test("a code opens once, also where two show it at the same moment")
    func codeOnce() async throws {
        let desk = try await Desk()
        let secret = try await desk.enter().secret
        desk.office.clock.advance(by: .seconds(60))
        let code = desk.code(of: secret)
        let tickets = try await [desk.ticket().text]
        let second = try await desk.ticket()
        #expect(!second.isNew)
        // The newer ticket has replaced the older one.
        await #expect(throws: AccountError.notAuthenticated) { try await desk.console.enter(with: tickets[0], code: code) }
        let entered = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<8 {
                group.addTask { (try? await desk.console.enter(with: second.text, code: code)) != nil }
            }
            return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(entered == 1)
        let third = try await desk.ticket().text
        await #expect(throws: AccountError.invalidCredentials) { try await desk.console.enter(with: third, code: code) }
    }

    @Test("a recovery code opens once, and new ones replace all old ones")
    func recovery() async throws {
        let desk = try await Desk()
        let codes = try await desk.enter().entrance.recoveryCodes
        let entrance = try await desk.console.enter(with: desk.ticket().text, code: codes[3].lowercased())
        let session = try await desk.console.session(showing: entrance.session.value)
        #expect(try await desk.console.secondFactor(of: session).recoveryCodes == 9)
        let again = try await desk.ticket().text
        await #expect(throws: AccountError.invalidCredentials) { try await desk.console.enter(with: again, code: codes[3]) }
        let new = try await desk.console.renewRecoveryCodes(in: session)
        await #expect(throws: AccountError.invalidCredentials) { try await desk.console.enter(with: again, code: codes[4]) }
        _ = try await desk.console.enter(with: again, code: new[0])
    }

    @Test("an unknown address, a wrong password and an admin without one are the same, and many wrong ones have to wait")
    func refused() async throws {
        let desk = try await Desk()
        _ = try await desk.office.flows.admins.create(email: "new@example.com", role: .viewer, by: .operator)
        for (address, password) in [
            (Self.address, "wrong password"), ("nobody@example.com", Office.password), ("new@example.com", Office.password),
            ("no address", Office.password),
        ] {
            await #expect(throws: AccountError.invalidCredentials) {
                try await desk.console.logIn(email: address, password: password, from: Self.client)
            }
        }
        var last: AccountError?
        for _ in 0..<30 where last == nil || last == .invalidCredentials {
            do { _ = try await desk.console.logIn(email: Self.address, password: "wrong") } catch {
                last = error as? AccountError
            }
        }
        guard case .throttled = last else { return #expect(last == .throttled(retryAfterSeconds: 1)) }
    }

    @Test("wrong codes have to wait, too, whatever ticket they come with")
    func codesThrottled() async throws {
        let desk = try await Desk()
        let secret = try await desk.enter().secret
        desk.office.clock.advance(by: .seconds(60))
        var last: AccountError?
        for _ in 0..<30 where last == nil || last == .invalidCredentials {
            let ticket = try await desk.ticket().text
            do { _ = try await desk.console.enter(with: ticket, code: "000000") } catch { last = error as? AccountError }
        }
        guard case .throttled(let seconds) = last else { return #expect(last == .throttled(retryAfterSeconds: 1)) }
        desk.office.clock.advance(by: .seconds(seconds))
        _ = try await desk.console.enter(with: desk.ticket().text, code: desk.code(of: secret))
    }

    @Test("a session ends when it is idle, when it is old, and at log-out; other credentials open none")
    func sessions() async throws {
        let desk = try await Desk()
        let (entrance, secret) = try await desk.enter()
        let text = entrance.session.value
        let policy = ConsolePolicy()
        desk.office.clock.advance(by: policy.idleTime - .milliseconds(1))
        _ = try await desk.console.session(showing: text)
        desk.office.clock.advance(by: policy.idleTime)
        await #expect(throws: AccountError.notAuthenticated) { try await desk.console.session(showing: text) }

        let second = try await desk.console.enter(with: desk.ticket().text, code: desk.code(of: secret)).session.value
        let start = desk.office.clock.now
        while desk.office.clock.now.adding(.seconds(1200)) < start.adding(policy.sessionTime) {
            desk.office.clock.advance(by: .seconds(1200))
            _ = try await desk.console.session(showing: second)
        }
        desk.office.clock.advance(by: .seconds(1200))
        await #expect(throws: AccountError.notAuthenticated) { try await desk.console.session(showing: second) }

        let third = try await desk.console.enter(with: desk.ticket().text, code: desk.code(of: secret)).session.value
        let session = try await desk.console.session(showing: third)
        #expect(try await desk.console.sessions(of: session) == [session])
        try await desk.console.logOut(session, .one(session.id))
        await #expect(throws: AccountError.notAuthenticated) { try await desk.console.session(showing: third) }
        let token = try await desk.office.flows.admins.createToken(
            for: desk.admin.id, named: "api", expiresAt: nil, by: .operator)
        for other in [nil, "", token.credential.value, third.replacing("_eu_", with: "_us_")] {
            await #expect(throws: AccountError.notAuthenticated) { try await desk.console.session(showing: other) }
        }
    }

    @Test("a mailed link is good once, for a day, replaced by a newer one, and five an hour at most are mailed")
    func links() async throws {
        let desk = try await Desk()
        try await desk.console.forgotPassword(email: Self.address)
        let old = try await desk.mailedToken()
        try await desk.console.forgotPassword(email: " ADMIN@example.com ")
        let token = try await desk.mailedToken()
        await #expect(throws: AccountError.unknownToken) { try await desk.console.look(at: old) }
        await #expect(throws: AccountError.self) { try await desk.console.setPassword("short", token: token) }
        try await desk.console.setPassword("another good password", token: token)
        await #expect(throws: AccountError.unknownToken) {
            try await desk.console.setPassword("another good password", token: token)
        }
        #expect(
            try await desk.office.mails(to: Self.address).last
                == .consoleChanged(.password, consoleLink: "https://eu.console.example.com"))
        for _ in 0..<9 { try await desk.console.forgotPassword(email: Self.address) }
        let links = try await desk.office.mails(to: Self.address).count { if case .consolePassword = $0 { true } else { false } }
        // One of the hour was made at the machine, and mailed to nobody.
        #expect(links == 4)
        let last = try await desk.mailedToken()
        desk.office.clock.advance(by: ConsolePolicy().linkLifetime)
        await #expect(throws: AccountError.expiredToken) { try await desk.console.setPassword(Office.password, token: last) }
        let before = await desk.office.store.mails.count
        try await desk.console.forgotPassword(email: "nobody@example.com")
        #expect(await desk.office.store.mails.count == before)
    }

    @Test("changing the password asks for the old one and ends all other sessions; a set one ends all")
    func passwords() async throws {
        let desk = try await Desk()
        let (entrance, secret) = try await desk.enter()
        desk.office.clock.advance(by: .seconds(60))
        let other = try await desk.console.enter(with: desk.ticket().text, code: desk.code(of: secret)).session.value
        let session = try await desk.console.session(showing: entrance.session.value)
        await #expect(throws: AccountError.invalidCredentials) {
            try await desk.console.changePassword(from: "wrong", to: "another good password", in: session)
        }
        try await desk.console.changePassword(from: Office.password, to: "another good password", in: session)
        await #expect(throws: AccountError.notAuthenticated) { try await desk.console.session(showing: other) }
        _ = try await desk.console.session(showing: entrance.session.value)
        try await desk.console.mailLink(to: desk.admin.id, by: .operator)
        try await desk.console.setPassword(Office.password, token: desk.mailedToken())
        await #expect(throws: AccountError.notAuthenticated) {
            try await desk.console.session(showing: entrance.session.value)
        }
    }

    @Test("the password counts as just typed for ten minutes, and again when it is confirmed")
    func recentPassword() async throws {
        let desk = try await Desk()
        let text = try await desk.enter().entrance.session.value
        desk.office.clock.advance(by: ConsolePolicy().recentPassword - .milliseconds(1))
        var session = try await desk.console.session(showing: text)
        #expect(desk.console.isPasswordRecent(in: session))
        desk.office.clock.advance(by: .milliseconds(1))
        #expect(!desk.console.isPasswordRecent(in: session))
        await #expect(throws: AccountError.invalidCredentials) {
            try await desk.console.confirmPassword("wrong password", in: session)
        }
        try await desk.console.confirmPassword(Office.password, in: session)
        session = try await desk.console.session(showing: text)
        #expect(desk.console.isPasswordRecent(in: session))
    }

    @Test("an admin is sent five links an hour, whoever asks for them, and each is told to the audit log")
    func linksPerHour() async throws {
        let desk = try await Desk()
        // The first is the one by which the password was chosen.
        let before = await desk.office.store.mails.count
        for _ in 0..<4 { try await desk.console.mailLink(to: desk.admin.id, by: .operator) }
        await #expect(throws: AccountError.throttled(retryAfterSeconds: 3600)) {
            try await desk.console.mailLink(to: desk.admin.id, by: .operator)
        }
        try await desk.console.forgotPassword(email: Self.address)
        #expect(await desk.office.store.mails.count == before + 4)
        desk.office.clock.advance(by: .seconds(3600))
        try await desk.console.mailLink(to: desk.admin.id, by: .operator)
        #expect(await desk.office.store.mails.count == before + 5)
    }

    @Test("a second factor that was reset ends every session, is told by mail, and is set up anew")
    func reset() async throws {
        let desk = try await Desk()
        let text = try await desk.enter().entrance.session.value
        try await desk.console.resetSecondFactor(of: desk.admin.id, by: .operator)
        await #expect(throws: AccountError.notAuthenticated) { try await desk.console.session(showing: text) }
        #expect(
            try await desk.office.mails(to: Self.address).last
                == .consoleChanged(.secondFactorRemoved, consoleLink: "https://eu.console.example.com"))
        #expect(try await desk.ticket().isNew)
    }

    @Test("a role that changes acts at the next request, and whoever is deleted is out")
    func roles() async throws {
        let desk = try await Desk(role: .viewer)
        _ = try await desk.office.flows.admins.create(email: "owner@example.com", role: .owner, by: .operator)
        let text = try await desk.enter().entrance.session.value
        await #expect(throws: AccountError.self) { try await desk.console.session(showing: text).require(.manageAdmins) }
        _ = try await desk.office.flows.admins.change(desk.admin.id, to: .owner, by: .operator)
        try await desk.console.session(showing: text).require(.manageAdmins)
        try await desk.office.flows.admins.delete(desk.admin.id, by: .operator)
        await #expect(throws: AccountError.notAuthenticated) { try await desk.console.session(showing: text) }
        await #expect(throws: AccountError.invalidCredentials) {
            try await desk.console.logIn(email: Self.address, password: Office.password)
        }
    }
}
