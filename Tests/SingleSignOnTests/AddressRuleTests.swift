import Accounts
import ConfigurationFiles
import IdentityProviders
import Testing

@testable import SingleSignOn

@Suite("Which addresses of providers are asked", .timeLimit(.minutes(2)))
struct AddressRuleTests {
    @Test(
        "private, local and special addresses are refused",
        arguments: [
            "0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "127.9.9.9", "169.254.169.254", "172.16.0.1", "172.31.255.255",
            "192.168.1.1", "192.0.2.1", "198.18.0.1", "203.0.113.9", "224.0.0.1", "255.255.255.255", "::", "::1", "fc00::1",
            "fd12:3456::1", "fe80::1", "ff02::1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "64:ff9b::a00:1", "2002:a00:1::",
            "2001:db8::1", "::127.0.0.1",
        ])
    func refused(address: String) {
        #expect(!AddressRules().allows(address))
    }

    @Test("public ones are not", arguments: ["8.8.8.8", "172.15.0.1", "172.32.0.1", "100.128.0.1", "2600::1", "::ffff:8.8.8.8"])
    func taken(address: String) {
        #expect(AddressRules().allows(address))
    }

    @Test("an operator allows blocks, and loopback by a switch of its own")
    func allowed() throws {
        let rules = AddressRules(allowed: [try #require(AddressBlock("10.0.0.0/8"))])
        #expect(rules.allows("10.1.2.3") && !rules.allows("192.168.1.1") && !rules.allows("127.0.0.1"))
        #expect(AddressRules(allowsLoopback: true).allows("127.0.0.1") && AddressRules(allowsLoopback: true).allows("::1"))
        #expect(!AddressRules(allowsLoopback: true).allows("10.1.2.3"))
    }

    @Test(
        "what is no https address is refused before anything is asked",
        arguments: [
            "http://id.example", "http://127.0.0.1:80", "ftp://id.example", "https://", "https://a:b@id.example",
            "https://id.example/#x",
            "https://id.example\\@evil", "file:///etc/passwd", "https://id.example:0", "https://id.example:70000", "",
        ])
    func texts(address: String) {
        #expect(throws: ProviderFault.addressNotAllowed) { try ProviderAddress(address, rules: AddressRules()) }
    }

    @Test("plain http is for this machine alone, where the operator says so")
    func plain() throws {
        let rules = AddressRules(allowsLoopback: true)
        for address in ["http://127.0.0.1:8080/api//oidc", "http://localhost:1", "http://id.localhost", "http://[::1]:9"] {
            #expect(try ProviderAddress(address, rules: rules).text == address)
        }
        #expect(throws: ProviderFault.addressNotAllowed) { try ProviderAddress("http://10.0.0.1", rules: rules) }
        #expect(throws: ProviderFault.addressNotAllowed) { try ProviderAddress("http://id.example", rules: rules) }
    }

    /// Says something else each time, as an attacker's name server does.
    private actor ChangingNames: NameResolution {
        private var answers: [[String]]
        private(set) var asked = 0

        init(_ answers: [[String]]) { self.answers = answers }

        func addresses(of host: String, port: Int) async throws -> [String] {
            asked += 1
            return answers.isEmpty ? [] : answers.removeFirst()
        }
    }

    @Test("a name with a private address among its addresses is not asked, also when it had a public one before")
    func rebinding() async throws {
        try await TestProvider.serving { provider in
            for answers in [["127.0.0.1"], ["8.8.8.8", "127.0.0.1"], ["10.0.0.1"], []] {
                let names = ChangingNames([answers])
                let party = RelyingParty(at: provider, rules: AddressRules(), names: names)
                let access = try party.access(issuer: "https://id.example")
                let error = await #expect(throws: SignOnError.self) {
                    try await party.client.address(for: RelyingParty.request, at: access)
                }
                #expect(error == .providerUnavailable(answers.isEmpty ? .unresolvable : .addressNotAllowed))
                #expect(await names.asked == 1)
            }
            #expect(provider.requests(of: "/.well-known/openid-configuration") == 0)
        }
    }

    @Test("the address that was checked is the one that is connected to")
    func pinned() async throws {
        try await TestProvider.serving { provider in
            let names = ChangingNames([["127.0.0.1"], ["10.0.0.1"]])
            let http = ProviderHTTP(rules: AddressRules(allowsLoopback: true), limits: ProviderLimits(), names: names)
            let port = provider.issuer.split(separator: ":").last ?? ""
            let answer = try await http.get("http://pinned.localhost:\(port)/.well-known/openid-configuration")
            #expect(answer.status == 200)
            #expect(await names.asked == 1)
        }
    }

    @Test("metadata that lead to a private address are refused")
    func endpoints() async throws {
        try await TestProvider.serving { provider in
            for name in ["token_endpoint", "jwks_uri", "userinfo_endpoint", "authorization_endpoint", "end_session_endpoint"] {
                provider.update { $0.metadata = [name: "http://169.254.169.254/latest"] }
                await #expect(throws: SignOnError.providerUnavailable(.addressNotAllowed)) {
                    try await RelyingParty(at: provider).logIn()
                }
            }
            let other = provider.issuer + "/"
            provider.update { $0.metadata = ["issuer": other] }
            await #expect(throws: SignOnError.providerUntrusted(.otherIssuer)) { try await RelyingParty(at: provider).logIn() }
        }
    }
}
