import Accounts
import HTTPConventions
import Hummingbird

extension ManagementAPI {
    /// `get-portal-identity-providers`, in the order of their making.
    @Sendable func listIdentityProviders(_ request: Request, context: NodeRequestContext) async throws -> Response {
        var query = try QueryParameters(request)
        let types = [query.text("filter[type]"), query.text("filter[type][eq]")].compactMap(\.self)
        try query.finish()
        let portal = try await portal(in: context)
        let providers = try await flows.identityProviders.providers(of: portal)
        // There is one type.
        let wanted = types.allSatisfy { $0 == WireIdentityProvider.type } ? providers : []
        return try .json(wanted.map { WireIdentityProvider($0, of: portal) })
    }

    /// `create-portal-identity-provider`.
    @Sendable func createIdentityProvider(_ request: Request, context: NodeRequestContext) async throws -> Response {
        let portal = try await portal(in: context)
        let draft = try await IdentityProviderDraft(request, context: context, isNew: true)
        let provider = try await flows.identityProviders.create(draft, of: portal, by: context.actor)
        return try .json(WireIdentityProvider(provider, of: try await self.portal(in: context)), status: .created)
    }

    /// `get-portal-identity-provider`; never with its secret.
    @Sendable func getIdentityProvider(_ request: Request, context: NodeRequestContext) async throws -> Response {
        let portal = try await portal(in: context)
        let provider = try await flows.identityProviders.provider(providerID(in: context), of: portal)
        return try .json(WireIdentityProvider(provider, of: portal))
    }

    /// `update-portal-identity-provider`.
    @Sendable func updateIdentityProvider(_ request: Request, context: NodeRequestContext) async throws -> Response {
        let portal = try await portal(in: context)
        let draft = try await IdentityProviderDraft(request, context: context, isNew: false)
        let provider = try await flows.identityProviders.update(
            providerID(in: context), with: draft, of: portal, by: context.actor)
        return try .json(WireIdentityProvider(provider, of: try await self.portal(in: context)))
    }

    /// `delete-portal-identity-provider`.
    @Sendable func deleteIdentityProvider(_ request: Request, context: NodeRequestContext) async throws -> Response {
        try await flows.identityProviders.delete(providerID(in: context), of: portal(in: context), by: context.actor)
        return .empty(.noContent)
    }

    /// `examine-portal-identity-provider`: 200 with what came of each step, also where one failed.
    @Sendable func examineIdentityProvider(_ request: Request, context: NodeRequestContext) async throws -> Response {
        let portal = try await portal(in: context)
        let steps = try await flows.identityProviders.examine(providerID(in: context), of: portal)
        return try .json(WireExamination(steps))
    }

    func providerID(in context: NodeRequestContext) throws -> IdentityProviderID {
        try id("id", of: "identity provider", in: context)
    }
}
