import Accounts
import HTTPConventions
import Hummingbird

/// The queue of mails, which the contract does not have.
extension ManagementAPI {
    /// `list-mails`: those that wait, fail or were given up, the newest first where nothing else is asked for.
    @Sendable func listMails(_ request: Request, context: NodeRequestContext) async throws -> Response {
        let (query, admin) = (try MailQuery(request), try Self.admin(in: context))
        let found = try await flows.mailQueue.mails(
            matching: query.filter, order: query.order, page: query.page, for: admin.role)
        return try .json(
            WireMailPage(found, at: query.page, counts: try await flows.mailQueue.counts(matching: query.filter)))
    }

    /// `get-mail`.
    @Sendable func getMail(_ request: Request, context: NodeRequestContext) async throws -> Response {
        let admin = try Self.admin(in: context)
        return try .json(WireMail(try await flows.mailQueue.mail(id("mailId", of: "mail", in: context), for: admin.role)))
    }

    /// `retry-mail`.
    @Sendable func retryMail(_ request: Request, context: NodeRequestContext) async throws -> Response {
        let admin = try Self.admin(in: context)
        return try .json(WireMail(try await flows.mailQueue.retry(id("mailId", of: "mail", in: context), by: admin)))
    }

    /// `retry-dead-letters`.
    @Sendable func retryDeadLetters(_ request: Request, context: NodeRequestContext) async throws -> Response {
        struct Answer: Encodable { let retried: Int }
        let (filter, admin) = (try MailQuery.deadLetters(request), try Self.admin(in: context))
        return try .json(Answer(retried: try await flows.mailQueue.retryDeadLetters(matching: filter, by: admin)))
    }

    /// `discard-mail`.
    @Sendable func discardMail(_ request: Request, context: NodeRequestContext) async throws -> Response {
        let admin = try Self.admin(in: context)
        try await flows.mailQueue.discard(id("mailId", of: "mail", in: context), by: admin)
        return .empty(.noContent)
    }

    private static func admin(in context: NodeRequestContext) throws -> Admin {
        guard let admin = context.admin else { throw AccountError.notAuthenticated }
        return admin
    }
}
