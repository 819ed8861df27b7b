import Accounts
import HTTPConventions
import Hummingbird

/// Operations of our own, in the style of the contract.
extension ManagementAPI {
    /// `list-admins`, in the order of their making.
    @Sendable func listAdmins(_ request: Request, context: NodeRequestContext) async throws -> Response {
        let page = try PageQuery(request).page
        return try .json(WirePage(Page(part: page, of: try await flows.admins.admins()), at: page, WireAdmin.init))
    }

    /// `create-admin`; the admin has no token yet.
    @Sendable func createAdmin(_ request: Request, context: NodeRequestContext) async throws -> Response {
        var body = try await JSONBody(request, context: context)
        let email = body.requiredString("email")
        let role = body.optionalChoice("role", of: AdminRole.self)
        let admin = try await flows.admins.create(
            email: email, role: try body.finish(requiring: role, named: "role"), by: context.actor)
        return try .json(WireAdmin(admin), status: .created)
    }

    /// `get-own-admin`: whose token this is.
    @Sendable func getOwnAdmin(_ request: Request, context: NodeRequestContext) async throws -> Response {
        guard let admin = context.admin else { throw AccountError.notAuthenticated }
        return try .json(WireAdmin(admin))
    }

    /// `get-admin`.
    @Sendable func getAdmin(_ request: Request, context: NodeRequestContext) async throws -> Response {
        try .json(WireAdmin(try await flows.admins.admin(id("adminId", of: "admin", in: context))))
    }

    /// `update-admin`: another role; 409 where nobody would be an owner any more.
    @Sendable func updateAdmin(_ request: Request, context: NodeRequestContext) async throws -> Response {
        var body = try await JSONBody(request, context: context)
        let role = body.optionalChoice("role", of: AdminRole.self)
        let chosen = try body.finish(requiring: role, named: "role")
        let admin = try await flows.admins.change(id("adminId", of: "admin", in: context), to: chosen, by: context.actor)
        return try .json(WireAdmin(admin))
    }

    /// `delete-admin`, with every token.
    @Sendable func deleteAdmin(_ request: Request, context: NodeRequestContext) async throws -> Response {
        try await flows.admins.delete(id("adminId", of: "admin", in: context), by: context.actor)
        return .empty(.noContent)
    }

    /// `send-admin-password-link`: mails the admin the link that chooses a password for the console. It stands in no answer.
    @Sendable func sendPasswordLink(_ request: Request, context: NodeRequestContext) async throws -> Response {
        try await flows.console.mailLink(to: id("adminId", of: "admin", in: context), by: context.actor)
        return .empty(.noContent)
    }

    /// `reset-admin-second-factor`: the admin sets up a new one at the next log-in, and is told by mail; no session stays open.
    @Sendable func resetSecondFactor(_ request: Request, context: NodeRequestContext) async throws -> Response {
        try await flows.console.resetSecondFactor(of: id("adminId", of: "admin", in: context), by: context.actor)
        return .empty(.noContent)
    }
}

private struct WireAdmin: Encodable {
    let id: String
    let email: String
    let role: String
    let createdAt: String
    let updatedAt: String

    init(_ admin: Admin) {
        id = admin.id.description
        email = admin.email.value
        role = admin.role.rawValue
        createdAt = admin.createdAt.wire
        updatedAt = admin.updatedAt.wire
    }
}
