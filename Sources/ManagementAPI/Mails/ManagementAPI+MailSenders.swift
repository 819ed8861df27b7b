import Accounts
import HTTPConventions
import Hummingbird

/// By whom a portal's mails are sent.
extension ManagementAPI {
    /// `get-email-config`.
    @Sendable func getMailSender(_ request: Request, context: NodeRequestContext) async throws -> Response {
        try .json(WireMailSender(try flows.mailSenders.sender(of: try await portal(in: context))))
    }

    /// `create-portal-email-config`.
    @Sendable func createMailSender(_ request: Request, context: NodeRequestContext) async throws -> Response {
        let portal: PortalID = try id("portalId", of: "portal", in: context)
        let draft = try await MailSenderDraft(request, context: context)
        let sender = try await flows.mailSenders.create(for: portal, with: draft, by: context.actor)
        return try .json(WireMailSender(sender), status: .created)
    }

    /// `update-portal-email-config`: what is not sent stays; what is null is the node's again.
    @Sendable func updateMailSender(_ request: Request, context: NodeRequestContext) async throws -> Response {
        let portal: PortalID = try id("portalId", of: "portal", in: context)
        let draft = try await MailSenderDraft(request, context: context)
        return try .json(WireMailSender(try await flows.mailSenders.change(of: portal, with: draft, by: context.actor)))
    }

    /// `delete-portal-email-config`.
    @Sendable func deleteMailSender(_ request: Request, context: NodeRequestContext) async throws -> Response {
        try await flows.mailSenders.reset(id("portalId", of: "portal", in: context), by: context.actor)
        return .empty(.noContent)
    }
}

extension MailSenderDraft {
    /// Reads the contract's `PostPortalEmailConfig` and `PatchPortalEmailConfig`.
    fileprivate init(_ request: Request, context: NodeRequestContext) async throws {
        var body = try await JSONBody(request, context: context)
        self.init(
            name: body.nullableString("from_name"), address: body.nullableString("from_email"),
            replyTo: body.nullableString("reply_to_email"), domain: body.nullableString("domain_name"))
        try body.finish()
    }
}

/// The contract's `PortalEmailConfig`.
private struct WireMailSender: Encodable {
    let id: String
    @Nullable var domainName: String?
    @Nullable var fromName: String?
    @Nullable var fromEmail: String?
    @Nullable var replyToEmail: String?
    let createdAt: String
    let updatedAt: String

    init(_ sender: PortalMailSender) {
        id = sender.id.description
        domainName = sender.address?.domain
        fromName = sender.name
        fromEmail = sender.address?.value
        replyToEmail = sender.replyTo?.value
        createdAt = sender.createdAt.wire
        updatedAt = sender.updatedAt.wire
    }
}
