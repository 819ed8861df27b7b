import Testing

@testable import Accounts

@Suite("The time of an answer")
struct EvenPaceTests {
    @Test(
        "an answer waits for the next whole interval",
        arguments: [(0, 20), (1, 19), (19, 1), (20, 20), (21, 19), (39, 1), (45, 15)])
    func rest(elapsed: Int, rest: Int) {
        #expect(EvenPace(interval: .milliseconds(20)).rest(after: .milliseconds(elapsed)) == .milliseconds(rest))
        #expect(EvenPace(interval: .zero).rest(after: .milliseconds(elapsed)) == .zero)
    }

    @Test("the moment after it is any of a quarter of an interval")
    func randomMoment() {
        let pace = EvenPace(interval: .milliseconds(20))
        let moments = (0..<1000).map { _ in pace.randomMoment() }
        #expect(moments.allSatisfy { $0 >= .zero && $0 < .milliseconds(5) })
        // Each once in a thousand thousand million runs by chance.
        #expect(moments.contains { $0 < .milliseconds(1) } && moments.contains { $0 > .milliseconds(4) })
        #expect(EvenPace(interval: .zero).randomMoment() == .zero)
    }

    @Test("an error does not wait")
    func error() async {
        let start = ContinuousClock.now
        await #expect(throws: AccountError.unknownToken) {
            try await EvenPace(interval: .seconds(3600)).run { throw AccountError.unknownToken }
        }
        #expect(ContinuousClock.now - start < .seconds(60))
    }

    @Test("registering and forgetting answer after whole intervals, for known and for unknown addresses")
    func flows() async throws {
        let interval = Duration.milliseconds(15)
        let office = try await Office(answerInterval: interval)
        try await office.member("known@example.com")
        for address in ["known@example.com", "unknown@example.com"] {
            let asked = ContinuousClock.now
            try await office.flows.recovery.forgotPassword(email: address, at: office.portal)
            #expect(ContinuousClock.now - asked >= interval)
            let registered = ContinuousClock.now
            try await office.flows.registration.register(fullName: "Jane", email: address, at: office.portal)
            #expect(ContinuousClock.now - registered >= interval)
        }
    }
}
