import Accounts
import HTTPConventions
import Hummingbird

extension ManagementAPI {
    private static let statusFilters = ["filter[status]", "filter[status][eq]"]

    /// `list-portal-developers`, by the time of registration.
    ///
    /// Those who have not verified their address are listed as `pending`, the nearest word of the contract, but are left out
    /// of a list that asks for the pending ones: nobody has to decide about them yet.
    @Sendable func listDevelopers(_ request: Request, context: NodeRequestContext) async throws -> Response {
        let portal = try await portal(in: context)
        let query = try PageQuery(request, allowing: Set(Self.statusFilters))
        let filter = DeveloperFilter(statuses: try status(in: query).map { [$0] })
        let developers = try await flows.approval.developers(at: portal, matching: filter, page: query.page)
        return try .json(WirePage(developers.elements.map(WireDeveloper.init), page: query.page, total: developers.total))
    }

    /// `get-developer`.
    @Sendable func getDeveloper(_ request: Request, context: NodeRequestContext) async throws -> Response {
        let portal = try await portal(in: context)
        let developer = try await flows.approval.developer(id("developerId", of: "developer", in: context), at: portal)
        return try .json(WireDeveloper(developer))
    }

    /// `update-developer`: one step of the status machine; 409 where the machine has no such step.
    @Sendable func updateDeveloper(_ request: Request, context: NodeRequestContext) async throws -> Response {
        let portal = try await portal(in: context)
        var body = try await JSONBody(request, context: context)
        let status = body.optionalChoice("status", of: DeveloperStatus.self)
        try body.finish()
        let id: DeveloperID = try id("developerId", of: "developer", in: context)
        guard let status else { return try .json(WireDeveloper(try await flows.approval.developer(id, at: portal))) }
        return try .json(WireDeveloper(try await flows.approval.change(id, at: portal, to: status, by: context.actor)))
    }

    /// `delete-developer`.
    @Sendable func deleteDeveloper(_ request: Request, context: NodeRequestContext) async throws -> Response {
        let portal = try await portal(in: context)
        try await flows.approval.delete(id("developerId", of: "developer", in: context), at: portal, by: context.actor)
        return .empty(.noContent)
    }

    private func status(in query: PageQuery) throws -> DeveloperStatus? {
        for name in Self.statusFilters {
            guard let text = query.others[name] else { continue }
            guard let status = DeveloperStatus(rawValue: text) else {
                let words = DeveloperStatus.allCases.map(\.rawValue)
                let reason = "must be one of [\(words.joined(separator: ", "))]"
                throw Problem.invalid([FieldError(field: name, rule: .choices(words), reason: reason)], in: "query")
            }
            return status
        }
        return nil
    }
}

/// The contract's `PortalDeveloper`.
private struct WireDeveloper: Encodable {
    let id: String
    let email: String
    let fullName: String
    let status: String
    let createdAt: String
    let updatedAt: String

    init(_ developer: Developer) {
        id = developer.id.description
        email = developer.email.value
        fullName = developer.fullName.value
        status = developer.status.rawValue
        createdAt = developer.createdAt.wire
        updatedAt = developer.updatedAt.wire
    }
}
