import Accounts
import HTTPConventions
import HTTPTypes
import Hummingbird
import Languages

/// The texts of portals' mails. Each operation is about one language, English where the query names none.
extension ManagementAPI {
    /// `list-default-email-templates`.
    @Sendable func listDefaultMailTemplates(_ request: Request, context: NodeRequestContext) async throws -> Response {
        let language = try Self.language(in: request) ?? .fallback
        return try .json(
            WireList(
                data: MailTemplateName.allCases.map {
                    WireDefaultTemplate($0, flows.mailTemplates.usualText(of: $0, in: language))
                }))
    }

    /// `get-default-email-template`.
    @Sendable func getDefaultMailTemplate(_ request: Request, context: NodeRequestContext) async throws -> Response {
        let language = try Self.language(in: request) ?? .fallback
        let name = try mailTemplate(in: context)
        return try .json(WireDefaultTemplate(name, flows.mailTemplates.usualText(of: name, in: language)))
    }

    /// `list-email-template-variables`.
    @Sendable func listMailVariables(_ request: Request, context: NodeRequestContext) async throws -> Response {
        try .json(WireList(data: MailVariable.allCases.map(WireMailVariable.init)))
    }

    /// `list-portal-custom-email-templates`: every kind of mail, with what the portal chose for it.
    @Sendable func listMailTemplates(_ request: Request, context: NodeRequestContext) async throws -> Response {
        let language = try Self.language(in: request) ?? .fallback
        let portal = try await portal(in: context)
        let custom = try await flows.mailTemplates.templates(of: portal.id)
        return try .json(WireList(data: MailTemplateName.allCases.map { wire($0, custom[$0], in: language, at: portal) }))
    }

    /// `get-portal-custom-email-template`.
    @Sendable func getMailTemplate(_ request: Request, context: NodeRequestContext) async throws -> Response {
        let language = try Self.language(in: request) ?? .fallback
        let (portal, name) = (try await portal(in: context), try mailTemplate(in: context))
        let custom = try await flows.mailTemplates.template(name, of: portal.id)
        return try .json(wire(name, custom, in: language, at: portal))
    }

    /// `update-portal-custom-email-template`: what is not sent stays; what is null is as usual again.
    @Sendable func updateMailTemplate(_ request: Request, context: NodeRequestContext) async throws -> Response {
        let language = try Self.language(in: request) ?? .fallback
        let (portal, name) = (try await portal(in: context), try mailTemplate(in: context))
        let draft = try await MailTextDraft(request, context: context)
        let changed = try await flows.mailTemplates.change(name, of: portal.id, in: language, with: draft, by: context.actor)
        return try .json(wire(name, changed, in: language, at: portal))
    }

    /// `delete-portal-custom-email-template`: in one language, or in all of them where the query names none.
    @Sendable func deleteMailTemplate(_ request: Request, context: NodeRequestContext) async throws -> Response {
        let language = try Self.language(in: request)
        let portal: PortalID = try id("portalId", of: "portal", in: context)
        try await flows.mailTemplates.reset(try mailTemplate(in: context), of: portal, in: language, by: context.actor)
        return .empty(.noContent)
    }

    /// `post-portal-custom-email-test-send`: to the admin who asks.
    @Sendable func sendTestMail(_ request: Request, context: NodeRequestContext) async throws -> Response {
        let language = try Self.language(in: request) ?? .fallback
        let (portal, name) = (try await portal(in: context), try mailTemplate(in: context))
        guard let admin = context.admin else { throw AccountError.notAuthenticated }
        let text = try await MailText(trying: request, context: context)
        switch try await flows.mailTemplates.sendTest(name, with: text, in: language, at: portal, to: admin) {
        case .queued: return .empty(.noContent)
        case .tooMany(let seconds):
            throw Problem(
                .tooManyRequests, detail: "You have sent many tests. Try again in \(seconds) seconds.",
                headers: [.retryAfter: String(seconds)])
        }
    }

    /// `preview-portal-email-template`.
    @Sendable func previewMail(_ request: Request, context: NodeRequestContext) async throws -> Response {
        let language = try Self.language(in: request) ?? .fallback
        let (portal, name) = (try await portal(in: context), try mailTemplate(in: context))
        let text = try await MailText(trying: request, context: context)
        return try .json(WirePreview(try await flows.mailTemplates.preview(name, with: text, in: language, at: portal)))
    }

    private func wire(
        _ name: MailTemplateName, _ custom: CustomMailTemplate?, in language: Language, at portal: Portal
    ) -> WireMailTemplate {
        WireMailTemplate(
            name, custom: custom, usual: flows.mailTemplates.usualText(of: name, in: language), in: language, at: portal)
    }

    private func mailTemplate(in context: NodeRequestContext) throws -> MailTemplateName {
        guard let name = context.parameters.get("templateName").flatMap(MailTemplateName.init(rawValue:)) else {
            throw AccountError.notFound("e-mail template")
        }
        return name
    }

    private static func language(in request: Request) throws -> Language? {
        var query = try QueryParameters(request)
        let language = query.choice("language", of: Language.self)
        try query.finish()
        return language
    }
}

extension MailTextDraft {
    /// Reads the contract's `PatchCustomPortalEmailTemplatePayload`.
    fileprivate init(_ request: Request, context: NodeRequestContext) async throws {
        var body = try await JSONBody(request, context: context)
        let isEnabled = body.optionalBoolean("enabled")
        let content = body.nullableObject("content") { content in
            MailText.fieldNames.reduce(into: [String: String?]()) { fields, name in
                if let text = content.nullableString(name) { fields.updateValue(text, forKey: name) }
            }
        }
        try body.finish()
        self.init(isEnabled: isEnabled)
        switch content {
        case nil: self.content = nil
        case .some(nil): self.content = .reset
        case .some(let fields?): self.content = .fields(fields)
        }
    }
}

extension MailText {
    fileprivate static let fieldNames = ["subject", "title", "body", "button_label"]

    /// Reads the contract's `SendTestEmailTemplateContent`.
    fileprivate init(trying request: Request, context: NodeRequestContext) async throws {
        var body = try await JSONBody(request, context: context)
        let text = body.optionalObject("content") { content in
            MailText(
                subject: content.requiredString("subject"), title: content.requiredString("title"),
                body: content.requiredString("body"), buttonLabel: content.optionalString("button_label"))
        }
        self = try body.finish(requiring: text, named: "content")
    }
}
