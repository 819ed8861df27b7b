import Accounts
import AccountsTesting
import Testing

/// An office with an identity provider, and what browsers do there.
struct SignOnOffice {
    static let issuer = "https://id.example"

    let office: Office
    let providers: ScriptedProviders
    let provider: IdentityProvider

    init(linksVerifiedAddresses: Bool = false, geo: String = "eu") async throws {
        providers = ScriptedProviders()
        office = try await Office(geo: geo, providers: providers)
        var draft = IdentityProviderDraft()
        draft.issuer = Self.issuer
        draft.clientID = "portal"
        draft.secret = "a secret that nobody reads"
        draft.linksVerifiedAddresses = linksVerifiedAddresses
        draft.isEnabled = true
        provider = try await office.flows.identityProviders.create(draft, of: office.portal, by: .operator)
    }

    var flows: AccountFlows { office.flows }

    func portal() async throws -> Portal { try #require(await office.store.portal(office.portal.id)) }

    static func person(
        _ subject: String = "jane", email: String? = "jane@example.com", isVerified: Bool? = nil, name: String? = "Jane Doe",
        issuer: String = SignOnOffice.issuer, session: String? = nil, groups: [String] = []
    ) -> ProvenIdentity {
        ProvenIdentity(
            identity: SignOnIdentity(issuer: issuer, subject: subject), email: email, isEmailVerified: isVerified, name: name,
            groups: groups, providerSession: session, idToken: "id token of \(subject)")
    }

    /// Goes to the provider and comes back as somebody.
    @discardableResult
    func signOn(as person: ProvenIdentity = SignOnOffice.person(), code: String = "code") async throws -> SignOn.Outcome {
        let portal = try await portal()
        let departure = try await flows.signOn.begin(to: nil, from: nil, at: portal)
        providers.answer(code, with: .success(person))
        return try await flows.signOn.complete(try arrival(departure, code: code), at: portal)
    }

    /// What the browser brings back that just went away.
    func arrival(_ departure: SignOn.Departure, code: String? = "code", error: String? = nil) throws -> SignOn.Arrival {
        SignOn.Arrival(
            state: try #require(providers.requests.last).state, code: code, issuer: nil, error: error,
            browser: departure.browser)
    }

    func developer(_ outcome: SignOn.Outcome) async throws -> Developer {
        try await flows.sessions.developer(showing: outcome.session.access.value, at: portal())
    }
}
