import Accounts
import IdentityProviders
import Testing

@testable import SingleSignOn

@Suite("What is kept of a provider, and for how long", .timeLimit(.minutes(2)))
struct KeyRotationTests {
    @Test("metadata and keys are asked for once, and again after an hour")
    func caching() async throws {
        try await TestProvider.serving { provider in
            let party = RelyingParty(at: provider)
            for _ in 0..<3 { try await party.logIn() }
            let paths = ["/.well-known/openid-configuration", "/keys"]
            #expect(paths.map(provider.requests) == [1, 1])
            party.clock.advance(by: .seconds(3601))
            provider.update { $0.clockAhead = 3601 }
            try await party.logIn()
            #expect(paths.map(provider.requests) == [2, 2])
        }
    }

    @Test(
        "a new key is found at once, however short ago the set was read, with a new id or with the old one",
        arguments: ["new", "key-1"])
    func rotation(id: String) async throws {
        try await TestProvider.serving { provider in
            let party = RelyingParty(at: provider)
            try await party.logIn()
            let new = try SigningKey(.es256, id: id)
            provider.update { $0.keys = [new] }
            try await party.logIn()
            try await party.logIn()
            #expect(provider.requests(of: "/keys") == 2)
        }
    }

    @Test("many log-ins with a key that is not there ask for keys once a second")
    func manyLogIns() async throws {
        try await TestProvider.serving { provider in
            let party = RelyingParty(at: provider)
            try await party.logIn()
            provider.update { $0.trick = .unknownKey }
            for _ in 0..<3 {
                await #expect(throws: SignOnError.providerUntrusted(.unknownKey)) { try await party.logIn() }
            }
            #expect(provider.requests(of: "/keys") == 2)
            party.clock.advance(by: .seconds(1))
            await #expect(throws: SignOnError.providerUntrusted(.unknownKey)) { try await party.logIn() }
            #expect(provider.requests(of: "/keys") == 3)
        }
    }

    @Test("logout tokens, which anybody may send, make us ask for keys twice a minute at most, and hold up no log-in")
    func strangersTokens() async throws {
        try await TestProvider.serving { provider in
            let party = RelyingParty(at: provider)
            try await party.logIn()
            provider.update { $0.trick = .unknownKey }
            let forged = try provider.logOutToken(subject: "jane", id: "1")
            let access = try party.access()
            let send = {
                _ = await #expect(throws: SignOnError.providerUntrusted(.unknownKey)) {
                    try await party.client.logOut(forged, at: access)
                }
            }
            for _ in 0..<3 { await send() }
            party.clock.advance(by: .seconds(29))
            await send()
            #expect(provider.requests(of: "/keys") == 2)
            party.clock.advance(by: .seconds(1))
            await send()
            #expect(provider.requests(of: "/keys") == 3)
            let new = try SigningKey(.es256, id: "new")
            provider.update { settings in
                settings.trick = nil
                settings.keys = [new]
            }
            try await party.logIn()
        }
    }

    @Test("a key that was taken away is no good any more once the set was read again")
    func withdrawn() async throws {
        try await TestProvider.serving { provider in
            let party = RelyingParty(at: provider)
            try await party.logIn()
            let stolen = provider.keys
            let new = try SigningKey(.es256, id: "new")
            provider.update { $0.keys = [new] }
            party.clock.advance(by: .seconds(31))
            try await party.logIn()
            // Whoever holds the old key signs on; the published set does not have it.
            provider.update { settings in
                settings.keys = stolen
                settings.trick = .failing
                settings.place = .keys
            }
            await #expect(throws: SignOnError.self) { try await party.logIn() }
        }
    }

    @Test("while a provider's metadata cannot be had, the old ones serve for a day")
    func grace() async throws {
        try await TestProvider.serving { provider in
            let party = RelyingParty(at: provider)
            try await party.logIn()
            provider.update { settings in
                settings.trick = .failing
                settings.place = .discovery
                settings.clockAhead = 7200
            }
            party.clock.advance(by: .seconds(7200))
            try await party.logIn()
            party.clock.advance(by: .seconds(24 * 3600))
            await #expect(throws: SignOnError.providerUnavailable(.failed)) { try await party.logIn() }
        }
    }
}
