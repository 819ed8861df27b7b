import Accounts
import Crypto
import Geography
import Testing

@Suite("The work of logging in")
struct LogInWorkTests {
    @Test("whoever is refused costs one check of a password, whatever the reason")
    func equal() async throws {
        let hasher = CountingHasher()
        let office = try await Office(hasher: hasher)
        try await office.flows.registration.register(fullName: "Una", email: "unverified@example.com", at: office.portal)
        try await office.member("pending@example.com")
        let rejected = try await office.member("rejected@example.com")
        _ = try await office.flows.approval.reject(rejected.id, at: office.portal, by: .operator)
        _ = hasher.takeWork()
        for address in [
            "not an address", "", "nobody@example.com", "unverified@example.com", "pending@example.com", "rejected@example.com",
        ] {
            for password in [Office.password, "wrong password", "", String(repeating: "x", count: 100_000)] {
                await #expect(throws: AccountError.invalidCredentials) { try await office.logIn(address, password) }
                #expect(hasher.takeWork() == CountingHasher.Work(hashes: 0, checks: 1), "\(address)")
            }
        }
    }

    @Test("a password of a cost that has risen since is hashed anew at log-in, and works on")
    func risen() async throws {
        let office = try await Office(autoApprove: true)
        let before = try await office.member("jane@example.com")
        let risen = ScryptPasswordHasher(cost: ScryptCost(logRounds: 11, parallelism: 1))
        let flows = AccountFlows(
            geo: try #require(try Topology(yaml: Office.topology, named: "topology.yaml").geo(GeoID("eu"))),
            topology: try Topology(yaml: Office.topology, named: "topology.yaml"), store: office.store, hasher: risen,
            clock: office.clock, secret: SymmetricKey(size: .bits256))
        for _ in 0..<2 {
            _ = try await flows.logIn.authenticate(
                username: "jane@example.com", password: Office.password, at: office.portal)
        }
        let after = try #require(await office.store.developer(before.id, in: office.portal.id))
        #expect(after.passwordHash?.phc.hasPrefix("$scrypt$ln=11,") == true && after.updatedAt == before.updatedAt)
    }
}
