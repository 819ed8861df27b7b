import Accounts
import IdentityProviders
import Testing

@testable import SingleSignOn

@Suite("A relying party at an OpenID provider", .timeLimit(.minutes(2)))
struct ProviderTests {
    @Test("every kind of key proves who somebody is", arguments: SigningKey.Algorithm.allCases)
    func algorithms(algorithm: SigningKey.Algorithm) async throws {
        let key = try SigningKey(algorithm, id: "key")
        try await TestProvider.serving(keys: [key]) { provider in
            provider.update {
                $0.claims = ["email": "jane@example.com", "name": "Jane", "email_verified": true, "groups": ["a", "b"]]
            }
            let person = try await RelyingParty(at: provider).logIn()
            #expect(person.identity == SignOnIdentity(issuer: provider.issuer, subject: "jane"))
            #expect(person.email == "jane@example.com" && person.name == "Jane" && person.isEmailVerified == true)
            #expect(person.groups == ["a", "b"] && person.providerSession == "session-1" && !person.idToken.isEmpty)
        }
    }

    @Test("a token without a key id is tried with every key that fits")
    func withoutKeyID() async throws {
        let keys = try [SigningKey(.rs256, id: "1"), SigningKey(.rs256, id: "2"), SigningKey(.es256, id: "3")]
        try await TestProvider.serving(keys: keys) { provider in
            provider.update { settings in
                settings.namesKey = false
                settings.keys = [keys[1], keys[0], keys[2]]
            }
            try await RelyingParty(at: provider).logIn()
        }
    }

    @Test(
        "a wrong token lets nobody in, and the reason has a name",
        arguments: [
            (.unsigned, .algorithmRefused), (.signedWithThePublicKey, .algorithmRefused), (.otherAudience, .wrongAudience),
            (.otherIssuer, .wrongIssuer), (.otherNonce, .wrongNonce), (.noNonce, .wrongNonce), (.otherParty, .wrongAudience),
            (.twoAudiencesWithoutParty, .wrongAudience), (.expired, .expired), (.fromTheFuture, .notYetValid),
            (.unknownKey, .unknownKey), (.wrongSignature, .wrongSignature), (.noSubject, .noSubject),
            (.notAToken, .malformedToken),
        ] as [(ProviderTrick, ProviderFault)])
    func wrongTokens(trick: ProviderTrick, fault: ProviderFault) async throws {
        for algorithm in [SigningKey.Algorithm.es256, .rs256] {
            let key = try SigningKey(algorithm, id: "key")
            try await TestProvider.serving(keys: [key]) { provider in
                provider.update { $0.trick = trick }
                await #expect(throws: SignOnError.providerUntrusted(fault)) { try await RelyingParty(at: provider).logIn() }
            }
        }
    }

    @Test("clocks may be a minute apart, and no more", arguments: [(50.0, true), (-340.0, true), (70.0, false), (-370.0, false)])
    func clocks(ahead: Double, isTaken: Bool) async throws {
        try await TestProvider.serving { provider in
            provider.update { $0.clockAhead = ahead }
            let party = RelyingParty(at: provider)
            if isTaken {
                try await party.logIn()
            } else {
                await #expect(throws: SignOnError.self) { try await party.logIn() }
            }
        }
    }

    @Test(
        "a provider that misbehaves over HTTP is an outage with a name, wherever it does so",
        arguments: [
            (.slow, .tooSlow), (.garbage, .unreadable), (.failing, .failed), (.oversized, .tooLarge), (.redirecting, .redirected),
        ] as [(ProviderTrick, ProviderFault)], [ProviderPlace.discovery, .keys, .token])
    func outages(trick: (ProviderTrick, ProviderFault), place: ProviderPlace) async throws {
        try await TestProvider.serving { provider in
            let party = RelyingParty(at: provider, timeout: trick.0 == .slow ? .milliseconds(500) : .seconds(20))
            provider.update { settings in
                settings.trick = trick.0
                settings.place = place
            }
            let error = await #expect(throws: SignOnError.self) { try await party.logIn() }
            switch error {
            case .providerUnavailable(let fault), .providerUntrusted(let fault): #expect(fault == trick.1)
            default: Issue.record("\(String(describing: error))")
            }
            #expect(provider.requests(of: "/elsewhere") == 0)
        }
    }

    @Test("claims that only the userinfo endpoint tells are asked for there, and must be about the same person")
    func userinfo() async throws {
        try await TestProvider.serving { provider in
            provider.update { $0.claimsInUserinfoOnly = true }
            let person = try await RelyingParty(at: provider).logIn()
            #expect(person.email == "jane@example.com" && person.name == "Jane Doe")
            provider.update { $0.trick = .otherSubject }
            await #expect(throws: SignOnError.providerUntrusted(.otherSubject)) { try await RelyingParty(at: provider).logIn() }
        }
    }

    @Test("a code is good once")
    func codeOnce() async throws {
        try await TestProvider.serving { provider in
            let party = RelyingParty(at: provider)
            let answer = try await party.visit()
            _ = try await party.client.identity(for: answer, at: party.access())
            await #expect(throws: SignOnError.providerUntrusted(.codeRefused)) {
                try await party.client.identity(for: answer, at: party.access())
            }
        }
    }

    @Test("the iss parameter has to be the issuer, and to be there where the provider says so")
    func issuerParameter() async throws {
        try await TestProvider.serving { provider in
            let party = RelyingParty(at: provider)
            let answer = try await party.visit()
            for issuer in ["https://other.example", nil] {
                let wrong = SignOnAnswer(code: answer.code, issuer: issuer, request: answer.request)
                await #expect(throws: SignOnError.providerUntrusted(.wrongIssuer)) {
                    try await party.client.identity(for: wrong, at: party.access())
                }
            }
            provider.update { $0.metadata = ["authorization_response_iss_parameter_supported": false] }
            let silent = RelyingParty(at: provider)
            let other = try await silent.visit()
            _ = try await silent.client.identity(
                for: SignOnAnswer(code: other.code, issuer: nil, request: other.request), at: silent.access())
        }
    }

    @Test("the client proves who it is in three ways, and a wrong secret has a name of its own")
    func clientAuthentication() async throws {
        try await TestProvider.serving { provider in
            var party = RelyingParty(at: provider)
            for method in [ClientAuthentication.basic, .post] {
                party.authentication = method
                party.secret = "a secret of the test's client"
                try await party.logIn()
                party.secret = "another"
                let wrong = party
                await #expect(throws: SignOnError.providerUntrusted(.clientRefused)) { try await wrong.logIn() }
            }
            party.authentication = .privateKey
            party.secret = Self.privateKey
            try await party.logIn()
            party.secret = "no key"
            let wrong = party
            await #expect(throws: SignOnError.providerUntrusted(.secretUnusable)) { try await wrong.logIn() }
        }
    }

    /// Made for this test by `openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256`.
    private static let privateKey = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgjheXAxLkE9miWrWV
        3imY6IT0wcOjQ3ZRK07YsuhoV/KhRANCAASfM7cz2HPPtBg3f9qLuzh+JmgY7Bk+
        bry00DlcyoU9WAzCT5wpCzthlWga3V2s/bCSLXbg8+Ive6YfWADN9HCt
        -----END PRIVATE KEY-----
        """
}
