import Accounts

/// Checks passwords as a node does at a log-in, and does nothing else: what the hash alone allows on this machine.
///
/// `portolan-hash-rate THREADS SECONDS` prints the cost as a stored hash names it, and hashes per second: `ln=15,r=8,p=3 13.2`.
@main
struct HashRate {
    static func main() async throws {
        let arguments = CommandLine.arguments.dropFirst().compactMap(Int.init)
        guard arguments.count == 2, arguments.allSatisfy({ $0 > 0 }) else {
            fatalError("expected the number of threads and of seconds")
        }
        let (threads, duration) = (arguments[0], Duration.seconds(arguments[1]))
        let cost = ScryptCost.standard
        let hasher = ScryptPasswordHasher(cost: cost, limits: ScryptPasswordHasher.Limits(threads: threads, queue: threads))
        let rate = try await withThrowingTaskGroup(of: Double.self) { group in
            for _ in 0..<threads { group.addTask { try await checksPerSecond(hasher, for: duration) } }
            var sum = 0.0
            for try await rate in group { sum += rate }
            return sum
        }
        try await hasher.shutDown()
        print("ln=\(cost.logRounds),r=\(cost.blockSize),p=\(cost.parallelism) \(rate)")
    }

    private static func checksPerSecond(_ hasher: ScryptPasswordHasher, for duration: Duration) async throws -> Double {
        let candidate = PasswordCandidate("a quiet harbour at noon")
        let start = ContinuousClock.now
        var count = 0.0
        while ContinuousClock.now - start < duration {
            _ = try await hasher.verify(candidate, against: nil)
            count += 1
        }
        return count / ((ContinuousClock.now - start) / .seconds(1))
    }
}
