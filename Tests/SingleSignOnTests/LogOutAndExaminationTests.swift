import Accounts
import IdentityProviders
import Testing

@testable import SingleSignOn

@Suite("Log-outs of providers, and examinations of configurations", .timeLimit(.minutes(2)))
struct LogOutAndExaminationTests {
    @Test("where the provider ends sessions, the browser goes there with the ID token and the way back")
    func address() async throws {
        try await TestProvider.serving { provider in
            let party = RelyingParty(at: provider)
            let address = try await party.client.logOutAddress(
                idToken: "a.b.c", returningTo: "https://acme.example/login", at: party.access())
            #expect(
                address
                    == "\(provider.issuer)/logout?client_id=portal&post_logout_redirect_uri=https%3A%2F%2Facme.example%2Flogin"
                    + "&state=logged-out&id_token_hint=a.b.c")
            // Servers take no address of any length.
            let long = try await party.client.logOutAddress(
                idToken: String(repeating: "x", count: 4097), returningTo: "https://acme.example/login", at: party.access())
            #expect(long?.hasSuffix("&state=logged-out") == true)
        }
    }

    @Test("a right logout token names a session, a person or both")
    func right() async throws {
        try await TestProvider.serving { provider in
            let party = RelyingParty(at: provider)
            let told = try await party.client.logOut(
                provider.logOutToken(subject: "jane", session: "one", id: "1"), at: party.access())
            #expect(told.identity == SignOnIdentity(issuer: provider.issuer, subject: "jane"))
            #expect(told.session == "one" && told.tokenID == "1")
            // As providers from before the final text send it.
            let old = try provider.logOutToken(session: "one", id: "2") { $0["exp"] = nil }
            #expect(try await party.client.logOut(old, at: party.access()).identity == nil)
        }
    }

    @Test("a wrong logout token ends nothing")
    func wrong() async throws {
        try await TestProvider.serving { provider in
            let party = RelyingParty(at: provider)
            let tokens = [
                try provider.logOutToken(subject: "jane", id: "1") { $0["nonce"] = "x" },
                try provider.logOutToken(subject: "jane", id: "1") { $0["events"] = nil },
                try provider.logOutToken(subject: "jane", id: "1") { $0["jti"] = nil },
                try provider.logOutToken(subject: "jane", id: "1") { $0["aud"] = "another" },
                try provider.logOutToken(subject: "jane", id: "1") { $0["iss"] = "https://other.example" },
                try provider.logOutToken(subject: "jane", id: "1") { $0["exp"] = 1_000_000 },
                try provider.logOutToken(subject: "jane", id: "1") { claims in
                    claims["exp"] = nil
                    claims["iat"] = 1_000_000
                },
                try provider.logOutToken(id: "1"), "nonsense", "",
            ]
            for token in tokens {
                await #expect(throws: SignOnError.self) { try await party.client.logOut(token, at: party.access()) }
            }
            provider.update { $0.trick = .unsigned }
            let unsigned = try provider.logOutToken(subject: "jane", id: "1")
            await #expect(throws: SignOnError.providerUntrusted(.algorithmRefused)) {
                try await party.client.logOut(unsigned, at: party.access())
            }
        }
    }

    @Test("an ID token is no logout token, and a logout token lets nobody in")
    func confusion() async throws {
        try await TestProvider.serving { provider in
            let party = RelyingParty(at: provider)
            let idToken = try await party.logIn().idToken
            await #expect(throws: SignOnError.providerUntrusted(.noLogOut)) {
                try await party.client.logOut(idToken, at: party.access())
            }
        }
    }

    @Test("an examination of a good configuration goes through every step")
    func good() async throws {
        try await TestProvider.serving { provider in
            let party = RelyingParty(at: provider)
            let steps = try await party.client.examine(party.access(), returningTo: "https://acme.example/login")
            #expect(steps.map(\.name) == [.address, .discovery, .keys, .logInPage, .clientAuthentication])
            #expect(steps.allSatisfy { $0.fault == nil })
        }
    }

    @Test("an examination stops at what is wrong, and says what")
    func bad() async throws {
        try await TestProvider.serving { provider in
            var party = RelyingParty(at: provider)
            var last = try await lastStep(of: party, "ftp://x")
            #expect(last == ExaminedStep(.address, fault: .addressNotAllowed))
            last = try await lastStep(of: party, provider.issuer + "/nothing")
            #expect(last == ExaminedStep(.discovery, fault: .failed))
            party.secret = "another"
            last = try await lastStep(of: party)
            #expect(last == ExaminedStep(.clientAuthentication, fault: .clientRefused))
            provider.update { $0.keys = [] }
            last = try await lastStep(of: party)
            #expect(last == ExaminedStep(.keys, fault: .noUsableKey))
        }
    }

    private func lastStep(of party: RelyingParty, _ issuer: String? = nil) async throws -> ExaminedStep? {
        try await party.client.examine(party.access(issuer: issuer), returningTo: "https://acme.example/login").last
    }
}
