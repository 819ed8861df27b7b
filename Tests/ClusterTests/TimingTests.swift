import Foundation
import Testing

@Suite("Time tells nothing about who is registered", .timeLimit(.minutes(5)))
struct TimingTests {
    private static let people = 120
    /// So that log-ins are hashed, and not refused.
    private static let unthrottled = [
        "PORTOLAN_THROTTLING_FREE_FAILURES": "1000", "PORTOLAN_THROTTLING_FREE_FAILURES_OF_CLIENT": "1000000",
    ]

    @Test("register, log-in and forgot-password take the same time for known and unknown addresses, and answer the same")
    func sameTime() async throws {
        try await RunningCluster.with(["--geos", "eu", "--scrypt-log-n", "10", "--plain-inside"]) { cluster in
            let node = try await RestartedNode(of: "eu", in: cluster, settings: Self.unthrottled)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for first in 0..<10 {
                    group.addTask {
                        for number in stride(from: first, to: Self.people, by: 10) { try await join(number, cluster) }
                    }
                }
                try await group.waitForAll()
            }
            let known = { (number: Int) in "dev\(number)@example.com" }
            let unknown = { (number: Int) in "nobody\(number)@example.com" }
            let flows: [(path: String, body: (String) -> [String: String])] = [
                ("/api/v3/developer/authenticate", { ["username": $0, "password": "wrong password"] }),
                ("/api/v3/developer/forgot-password", { ["email": $0] }),
                // Last, because it makes the unknown ones known.
                ("/api/v3/developer", { ["full_name": "Jane Doe", "email": $0] }),
            ]
            let site = Site(connect: try cluster.geo("eu").node.address, host: try cluster.portal("eu").host)
            for flow in flows {
                var samples = TwoSamples()
                var answers: Set<String> = []
                for number in 0..<Self.people {
                    // In turn, and each first as often, so that nothing that changes with time tells them apart.
                    for isUnknown in number.isMultiple(of: 2) ? [false, true] : [true, false] {
                        let body = flow.body(isUnknown ? unknown(number) : known(number))
                        let start = ContinuousClock.now
                        let answer = try await site.post(flow.path, body)
                        samples.add(ContinuousClock.now - start, toOther: isUnknown)
                        answers.insert("\(answer.status) \(Self.withoutInstance(answer.body))")
                    }
                }
                #expect(!samples.differ, "\(flow.path): \(samples.distance)")
                #expect(answers.count == 1, "\(flow.path): \(answers)")
            }
            node.process.signal(SIGTERM)
            #expect(await node.process.end() == 0)
        }
    }

    @Test("the comparison sees a difference of a tenth, a second hump, and nothing where there is nothing")
    func comparison() {
        var random = SystemRandomNumberGenerator()
        func samples(_ change: (Double) -> Double) -> TwoSamples {
            var samples = TwoSamples()
            for number in 0..<300 {
                let time = 0.02 + Double.random(in: 0..<0.004, using: &random)
                samples.add(.seconds(number.isMultiple(of: 2) ? time : change(time)), toOther: !number.isMultiple(of: 2))
            }
            return samples
        }
        #expect(samples { $0 * 1.1 }.differ)
        #expect(samples { Double.random(in: 0..<1, using: &random) < 0.5 ? $0 + 0.02 : $0 }.differ)
        #expect(!samples(\.self).differ)
    }

    /// Registers somebody, who verifies the address and sets a password: known, and waiting for approval.
    private func join(_ number: Int, _ cluster: RunningCluster) async throws {
        let developer = SignUp(
            cluster: cluster, geo: "eu", name: "Jane Doe", email: "dev\(number)@example.com", password: "correct horse battery")
        try await developer.register()
        try await developer.complete()
    }

    /// A problem names the request, which is another one each time.
    private static func withoutInstance(_ body: String) -> String {
        body.replacing(/"instance":"[^"]*"/, with: "")
    }
}
