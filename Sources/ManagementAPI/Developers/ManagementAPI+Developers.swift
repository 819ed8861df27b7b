import Accounts
import HTTPConventions
import Hummingbird

extension ManagementAPI {
    /// `list-portal-developers`, by the time of registration where nothing else is asked for.
    ///
    /// Those who have not verified their address are listed as `pending`, the nearest word of the contract, but are left out
    /// of a list that asks for statuses: nobody has to decide about them yet.
    @Sendable func listDevelopers(_ request: Request, context: NodeRequestContext) async throws -> Response {
        let portal = try await portal(in: context)
        let query = try DeveloperQuery(request)
        do {
            let developers = try await flows.approval.developers(
                at: portal, matching: query.filter, sortedBy: query.order, page: query.page)
            return try .json(WirePage(developers, at: query.page, WireDeveloper.init))
        } catch AccountError.invalidFields(let errors) {
            // A text that is too short for so many developers.
            throw Problem.invalid(errors, in: "query")
        }
    }

    /// `create-developer`.
    @Sendable func createDeveloper(_ request: Request, context: NodeRequestContext) async throws -> Response {
        let portal = try await portal(in: context)
        var body = try await JSONBody(request, context: context)
        let (email, name) = (body.requiredString("email"), body.requiredString("full_name"))
        let status = body.optionalChoice("status", of: DeveloperStatus.self)
        let sendsMail = body.optionalBoolean("send_invitation_email") ?? false
        try body.finish()
        let developer = try await flows.invitation.create(
            fullName: name, email: email, status: status, sendsMail: sendsMail, at: portal, by: context.actor)
        return try .json(WireDeveloper(developer), status: .created)
    }

    /// `get-developer`.
    @Sendable func getDeveloper(_ request: Request, context: NodeRequestContext) async throws -> Response {
        let portal = try await portal(in: context)
        let developer = try await flows.approval.developer(id("developerId", of: "developer", in: context), at: portal)
        return try .json(WireDeveloper(developer))
    }

    /// `update-developer`: another name, and one step of the status machine; 409 where the machine has no such step.
    @Sendable func updateDeveloper(_ request: Request, context: NodeRequestContext) async throws -> Response {
        let portal = try await portal(in: context)
        var body = try await JSONBody(request, context: context)
        let name = body.optionalString("full_name")
        let status = body.optionalChoice("status", of: DeveloperStatus.self)
        try body.finish()
        let developer = try await flows.approval.update(
            id("developerId", of: "developer", in: context), at: portal, fullName: name, status: status, by: context.actor)
        return try .json(WireDeveloper(developer))
    }

    /// `delete-developer`.
    @Sendable func deleteDeveloper(_ request: Request, context: NodeRequestContext) async throws -> Response {
        let portal = try await portal(in: context)
        try await flows.approval.delete(id("developerId", of: "developer", in: context), at: portal, by: context.actor)
        return .empty(.noContent)
    }
}
