import Accounts
import AccountsTesting
import Testing

@Suite("Throttling of log-ins", .timeLimit(.minutes(5)))
struct ThrottleTests {
    private static let jane = "jane@example.com"
    private static let home = Client(address: "192.0.2.1")
    private static let elsewhere = Client(address: "198.51.100.7")

    @Test(
        "ten wrong passwords cost nothing, the next ones a second, two, four …",
        arguments: [jane, "nobody@example.com", "no address"])
    func backOff(address: String) async throws {
        let office = try await Office(autoApprove: true)
        try await office.member(Self.jane)
        for _ in 0..<10 { await expectRefused(office, address) }
        for doubling in 0..<5 {
            await expectRefused(office, address)
            let wait = 1 << doubling
            await expectThrottled(office, address, seconds: wait)
            office.clock.advance(by: .seconds(wait) - .milliseconds(1))
            await expectThrottled(office, address, seconds: 1)
            office.clock.advance(by: .milliseconds(1))
        }
    }

    @Test("waits grow to a quarter of an hour, so that there are fewer than a hundred guesses an hour")
    func longest() async throws {
        let office = try await Office(autoApprove: true)
        var guesses = 0
        let end = office.clock.now.adding(.seconds(3600))
        while office.clock.now < end {
            do {
                try await logIn(office, Self.jane, "wrong password")
            } catch AccountError.throttled(let seconds) {
                #expect(seconds <= 900)
                office.clock.advance(by: .seconds(seconds))
            } catch {
                guesses += 1
            }
        }
        #expect((20..<100).contains(guesses))
    }

    @Test("a blocked address is blocked for the right password too, and then lets it in")
    func rightPassword() async throws {
        let office = try await Office(autoApprove: true)
        try await office.member(Self.jane)
        for _ in 0..<11 { await expectRefused(office, Self.jane, from: Self.elsewhere) }
        await #expect(throws: AccountError.throttled(retryAfterSeconds: 1)) { try await logIn(office, Self.jane) }
        office.clock.advance(by: .seconds(1))
        _ = try await logIn(office, Self.jane)
        // And everything is forgiven.
        for _ in 0..<10 { await expectRefused(office, Self.jane) }
    }

    @Test("who was slowed down while the clock was ahead waits no longer when it is set back")
    func clockSetBack() async throws {
        let office = try await Office(autoApprove: true)
        try await office.member(Self.jane)
        office.clock.advance(by: .seconds(86_400))
        for _ in 0..<11 { await expectRefused(office, Self.jane, from: Self.elsewhere) }
        office.clock.advance(by: .seconds(-86_400))
        await #expect(throws: AccountError.throttled(retryAfterSeconds: 1)) { try await logIn(office, Self.jane) }
        office.clock.advance(by: .seconds(1))
        _ = try await logIn(office, Self.jane)
    }

    @Test("nobody can shut an owner out: a browser that has logged in before is not slowed down by strangers")
    func knownDevice() async throws {
        let office = try await Office(autoApprove: true)
        try await office.member(Self.jane)
        let device = try await logIn(office, Self.jane, from: Self.home).device
        for _ in 0..<30 {
            _ = try? await logIn(office, Self.jane, "wrong password", from: Self.elsewhere)
            office.clock.advance(by: .seconds(900))
        }
        _ = try? await logIn(office, Self.jane, "wrong password", from: Self.elsewhere)
        await #expect(throws: AccountError.self) { try await logIn(office, Self.jane, from: Self.home) }
        _ = try await logIn(office, Self.jane, from: Client(address: "192.0.2.1", device: device))
    }

    @Test("nor can an owner be shut out who has no known browser: the link by mail makes one")
    func resetMakesDevice() async throws {
        let office = try await Office(autoApprove: true)
        try await office.member(Self.jane)
        for _ in 0..<11 { await expectRefused(office, Self.jane, from: Self.elsewhere) }
        try await office.flows.recovery.forgotPassword(email: Self.jane, at: office.portal)
        let outcome = try await office.flows.passwords.setPassword(
            "another good one", token: office.mailedToken(to: Self.jane), at: office.portal)
        _ = try await logIn(
            office, Self.jane, "another good one", from: Client(address: "192.0.2.1", device: outcome.device))
    }

    @Test("a known browser has a count of its own, and is known for its own address only")
    func deviceIsThrottled() async throws {
        let office = try await Office(autoApprove: true)
        try await office.member(Self.jane)
        try await office.member("joan@example.com")
        let device = try await logIn(office, Self.jane).device
        for _ in 0..<11 { await expectRefused(office, Self.jane, from: Client(device: device)) }
        await #expect(throws: AccountError.throttled(retryAfterSeconds: 1)) {
            try await logIn(office, Self.jane, from: Client(device: device))
        }
        for _ in 0..<11 { await expectRefused(office, "joan@example.com", from: Self.elsewhere) }
        for stranger in [device, "", "x", "\(device)0", String(device.reversed())] {
            await #expect(throws: AccountError.throttled(retryAfterSeconds: 1)) {
                try await logIn(office, "joan@example.com", from: Client(device: stranger))
            }
        }
    }

    @Test("a client that tries many addresses is slowed down, and others are not")
    func client() async throws {
        let office = try await Office(autoApprove: true)
        try await office.member(Self.jane)
        for number in 0..<101 { await expectRefused(office, "dev\(number)@example.com", from: Self.elsewhere) }
        await #expect(throws: AccountError.throttled(retryAfterSeconds: 1)) {
            try await logIn(office, Self.jane, from: Self.elsewhere)
        }
        let outcome = try await logIn(office, Self.jane, from: Self.home)
        // The right password of one account does not wash a client clean of what it tried with others.
        office.clock.advance(by: .seconds(1))
        _ = try await logIn(office, Self.jane, from: Self.elsewhere)
        await expectRefused(office, "dev@example.com", from: Self.elsewhere)
        await #expect(throws: AccountError.throttled(retryAfterSeconds: 2)) {
            try await logIn(office, Self.jane, from: Self.elsewhere)
        }
        // A known browser at the same address, behind one company's proxy, goes on.
        _ = try await logIn(office, Self.jane, from: Client(address: Self.elsewhere.address, device: outcome.device))
    }

    @Test("a client of IPv6 is its whole network, and one of IPv4 is itself however it is written")
    func networks() async throws {
        let office = try await Office()
        for number in 0..<101 {
            await expectRefused(office, "dev\(number)@example.com", from: Client(address: "2001:db8:0:7::\(number)"))
        }
        for same in ["2001:db8:0:7:ffff::1", "2001:0db8:0000:0007::2"] {
            await #expect(throws: AccountError.throttled(retryAfterSeconds: 1)) {
                try await logIn(office, Self.jane, from: Client(address: same))
            }
        }
        await expectRefused(office, Self.jane, from: Client(address: "2001:db8:0:8::1"))
        for number in 0..<101 { await expectRefused(office, "x\(number)@example.com", from: Client(address: "192.0.2.77")) }
        await #expect(throws: AccountError.throttled(retryAfterSeconds: 1)) {
            try await logIn(office, Self.jane, from: Client(address: "::ffff:192.0.2.77"))
        }
        await expectRefused(office, Self.jane, from: Client(address: "::ffff:192.0.2.78"))
    }

    @Test("a restart forgives nothing")
    func restart() async throws {
        let office = try await Office(autoApprove: true)
        for _ in 0..<15 {
            _ = try? await logIn(office, Self.jane, "wrong password")
            office.clock.advance(by: .seconds(900))
        }
        _ = try? await logIn(office, Self.jane, "wrong password")
        let restarted = try await office.restarted()
        await #expect(throws: AccountError.throttled(retryAfterSeconds: 32)) {
            try await restarted.logIn.authenticate(username: Self.jane, password: "x", at: office.portal)
        }
    }

    @Test("an hour without wrong passwords forgives all of them")
    func forgotten() async throws {
        let office = try await Office(autoApprove: true)
        for _ in 0..<10 { await expectRefused(office, Self.jane) }
        office.clock.advance(by: .seconds(3600))
        for _ in 0..<10 { await expectRefused(office, Self.jane) }
        await expectRefused(office, Self.jane)
        await expectThrottled(office, Self.jane, seconds: 1)
    }

    @Test("a burst of guesses is no way around: once the free ones are used up, each waits for the answer of the last")
    func burst() async throws {
        let office = try await Office(autoApprove: true, hasher: SlowHasher())
        for _ in 0..<10 { await expectRefused(office, Self.jane) }
        let outcomes = await withTaskGroup(of: AccountError?.self) { group in
            for _ in 0..<20 {
                group.addTask {
                    do {
                        _ = try await logIn(office, Self.jane, "wrong password")
                        return nil
                    } catch { return error as? AccountError }
                }
            }
            return await group.reduce(into: [AccountError?]()) { $0.append($1) }
        }
        #expect(outcomes.count { $0 == .invalidCredentials } == 1)
        #expect(outcomes.count { $0 == .throttled(retryAfterSeconds: 1) } == 19)
    }

    @Test("many log-ins at once with the right password all get in")
    func crowd() async throws {
        let office = try await Office(autoApprove: true)
        try await office.member(Self.jane)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<40 { group.addTask { _ = try await logIn(office, Self.jane, from: Self.home) } }
            try await group.waitForAll()
        }
    }

    @Test("nothing that is kept names an address or a client")
    func hashesOnly() async throws {
        let office = try await Office(autoApprove: true)
        await expectRefused(office, Self.jane, from: Self.home)
        let records = await office.store.throttleRecords()
        #expect(records.count == 2 && records.allSatisfy { $0.key.count == 32 && $0.failures == 1 })
        let restarted = try await Office()
        await expectRefused(restarted, Self.jane, from: Self.home)
        // With another secret the same people have other hashes.
        #expect(Set(records.map(\.key)).isDisjoint(with: await restarted.store.throttleRecords().map(\.key)))
    }

    @Test("what is busy or broken counts as no wrong password")
    func busy() async throws {
        let office = try await Office(autoApprove: true, hasher: BusyHasher())
        for _ in 0..<30 {
            await #expect(throws: AccountError.busy(retryAfterSeconds: 1)) { try await logIn(office, Self.jane) }
        }
    }
}

/// Logs in with the right password unless another is given.
@discardableResult
private func logIn(
    _ office: Office, _ address: String, _ password: String = Office.password, from client: Client = .unknown
) async throws -> LogIn.Outcome {
    try await office.flows.logIn.authenticate(username: address, password: password, from: client, at: office.portal)
}

private func expectRefused(_ office: Office, _ address: String, from client: Client = .unknown) async {
    await #expect(throws: AccountError.invalidCredentials) { try await logIn(office, address, "wrong password", from: client) }
}

private func expectThrottled(_ office: Office, _ address: String, seconds: Int) async {
    await #expect(throws: AccountError.throttled(retryAfterSeconds: seconds)) {
        try await logIn(office, address, "wrong password")
    }
}

/// Lets every other task begin before it says no.
private struct SlowHasher: PasswordHasher {
    func hash(_ password: Password) async throws -> PasswordHash { try await Office.cheapHasher().hash(password) }

    func verify(_ candidate: PasswordCandidate, against hash: PasswordHash?) async throws -> Bool {
        for _ in 0..<1000 { await Task.yield() }
        return false
    }

    func isOutdated(_ hash: PasswordHash) -> Bool { false }
}

/// Has no time for anybody.
private struct BusyHasher: PasswordHasher {
    func hash(_ password: Password) async throws -> PasswordHash { throw AccountError.busy(retryAfterSeconds: 1) }

    func verify(_ candidate: PasswordCandidate, against hash: PasswordHash?) async throws -> Bool {
        throw AccountError.busy(retryAfterSeconds: 1)
    }

    func isOutdated(_ hash: PasswordHash) -> Bool { false }
}
