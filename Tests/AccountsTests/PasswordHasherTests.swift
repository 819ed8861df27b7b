import Accounts
import Testing

@Suite("Password hashing")
struct PasswordHasherTests {
    static let cheap = ScryptCost(logRounds: 10, parallelism: 1)

    @Test("a hash is kept in PHC form and read again")
    func phc() async throws {
        let hash = try await Self.hash("correct horse battery", with: ScryptPasswordHasher(cost: Self.cheap))
        #expect(hash.phc.hasPrefix("$scrypt$ln=10,r=8,p=1$"))
        #expect(PasswordHash(phc: hash.phc) == hash)
        for wrong in ["", "$scrypt$", "$argon2$ln=10,r=8,p=1$AA$AA", "$scrypt$ln=40,r=8,p=1$AA$AA", hash.phc + "$"] {
            #expect(PasswordHash(phc: wrong) == nil)
        }
    }

    @Test("the standard cost works and verifies")
    func standard() async throws {
        let hasher = ScryptPasswordHasher()
        let hash = try await Self.hash("correct horse battery", with: hasher)
        #expect(hash.phc.hasPrefix("$scrypt$ln=15,r=8,p=3$"))
        #expect(try await hasher.verify(PasswordCandidate("correct horse battery"), against: hash))
        #expect(try await !hasher.verify(PasswordCandidate("correct horse batterz"), against: hash))
        #expect(try await !hasher.verify(PasswordCandidate("correct horse battery"), against: nil))
        try await hasher.shutDown()
    }

    @Test("a hash of a lower cost is outdated, and still verifies")
    func outdated() async throws {
        let hash = try await Self.hash("correct horse battery", with: ScryptPasswordHasher(cost: Self.cheap))
        let risen = ScryptPasswordHasher(cost: ScryptCost(logRounds: 11, parallelism: 1))
        #expect(risen.isOutdated(hash))
        #expect(ScryptPasswordHasher(cost: ScryptCost(logRounds: 10, parallelism: 2)).isOutdated(hash))
        #expect(!ScryptPasswordHasher(cost: Self.cheap).isOutdated(hash))
        #expect(try await risen.verify(PasswordCandidate("correct horse battery"), against: hash))
    }

    @Test("a hash of a higher cost than today's is kept")
    func lowered() async throws {
        let dear = ScryptPasswordHasher(cost: ScryptCost(logRounds: 11, parallelism: 1))
        let hash = try await Self.hash("correct horse battery", with: dear)
        #expect(!ScryptPasswordHasher(cost: Self.cheap).isOutdated(hash))
    }

    @Test("a full queue is refused with the time to wait, not made to wait")
    func busy() async throws {
        var limits = ScryptPasswordHasher.Limits()
        (limits.threads, limits.queue) = (1, 1)
        let hasher = ScryptPasswordHasher(cost: ScryptCost(logRounds: 14, parallelism: 1), limits: limits)
        let refusals = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<20 {
                group.addTask {
                    do {
                        _ = try await hasher.verify(PasswordCandidate("x"), against: nil)
                        return false
                    } catch {
                        return error as? AccountError == .busy(retryAfterSeconds: 2)
                    }
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(refusals > 0 && refusals < 20)
    }

    @Test("a password is never printed")
    func unprinted() async throws {
        #expect("\(PasswordCandidate("correct horse battery"))" == "(a password)")
    }

    private static func hash(_ password: String, with hasher: ScryptPasswordHasher) async throws -> PasswordHash {
        let office = try await Office()
        let developer = try await office.member("jane@example.com")
        return try await hasher.hash(Password(password, for: developer))
    }
}
