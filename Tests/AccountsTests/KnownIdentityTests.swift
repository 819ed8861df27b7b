import Accounts
import AccountsTesting
import Testing

@Suite("At which providers a developer is known")
struct KnownIdentityTests {
    @Test("provider, name there, groups, first and last log-in are told, the subject sealed in the store")
    func told() async throws {
        let office = try await SignOnOffice()
        let person = SignOnOffice.person("sub-4711", groups: ["a", "b"])
        let developer = try await office.developer(office.signOn(as: person))
        let first = office.office.clock.now
        office.office.clock.advance(by: .seconds(3600))
        try await office.signOn(as: SignOnOffice.person("sub-4711", groups: ["c"]))
        let known = try #require(try await office.flows.identities.identities(of: developer).first)
        #expect(known.issuer == SignOnOffice.issuer && known.subject == "sub-4711" && known.groups == ["a", "b"])
        #expect(known.firstUsedAt == first && known.lastUsedAt == office.office.clock.now)
        let link = try #require(await office.office.store.identities(of: developer.id, in: developer.portal).first)
        let stored = String(decoding: try #require(link.subject).bytes, as: UTF8.self)
        #expect(!stored.contains("4711"))
    }

    @Test("it is in the developer's export, and nothing is where there is none")
    func exported() async throws {
        let office = try await SignOnOffice()
        let outcome = try await office.signOn()
        let session = try await office.flows.sessions.session(showing: outcome.session.access.value, at: office.portal())
        let export = try await office.flows.ownAccount.export(in: session)
        #expect(export.identities.map(\.subject) == ["jane"])
        let member = try await office.office.member("joe@example.com")
        #expect(try await office.flows.identities.identities(of: member).isEmpty)
    }
}
