import Accounts
import HTTPConventions
import Hummingbird

extension ManagementAPI {
    /// `list-admin-tokens`, in the order of their making, the expired ones too.
    @Sendable func listAdminTokens(_ request: Request, context: NodeRequestContext) async throws -> Response {
        let page = try PageQuery(request).page
        let tokens = try await flows.admins.tokens(of: id("adminId", of: "admin", in: context))
        return try .json(WirePage(Page(part: page, of: tokens), at: page) { WireAdminToken($0) })
    }

    /// `create-admin-token`; its answer is the only place in which the token itself ever stands.
    @Sendable func createAdminToken(_ request: Request, context: NodeRequestContext) async throws -> Response {
        var body = try await JSONBody(request, context: context)
        let name = body.requiredString("name")
        let expiresAt = body.optionalMoment("expires_at")
        try body.finish()
        let new = try await flows.admins.createToken(
            for: id("adminId", of: "admin", in: context), named: name, expiresAt: expiresAt, by: context.actor)
        return try .json(WireAdminToken(new.token, credential: new.credential.value), status: .created)
    }

    /// `delete-admin-token`: it opens nothing from now on.
    @Sendable func revokeAdminToken(_ request: Request, context: NodeRequestContext) async throws -> Response {
        let token: AdminTokenID = try id("tokenId", of: "token", in: context)
        try await flows.admins.revokeToken(token, of: id("adminId", of: "admin", in: context), by: context.actor)
        return .empty(.noContent)
    }
}

private struct WireAdminToken: Encodable {
    let id: String
    let name: String
    var token: String?
    let createdAt: String
    @Nullable var expiresAt: String?
    @Nullable var lastUsedAt: String?

    init(_ token: AdminToken, credential: String? = nil) {
        id = token.id.description
        name = token.name
        self.token = credential
        createdAt = token.createdAt.wire
        expiresAt = token.expiresAt?.wire
        lastUsedAt = token.lastUsedAt?.wire
    }
}
