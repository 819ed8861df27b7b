import Accounts
import HTTPTypes
import Hummingbird
import Languages
import WebPages

/// What a portal's mails say.
extension ConsolePages {
    /// One kind of mail in one language at one portal.
    private struct MailTextPlace {
        let portal: Portal
        let name: MailTemplateName
        let language: Language

        var path: String { "\(PortalArea.mailTexts.path(at: portal))/\(name.rawValue)" }
    }

    /// `GET /portals/{portal}/mail-texts`
    @Sendable func mailTexts(_ request: Request, context: ConsoleRequestContext) async throws -> Response {
        let portal = try await portal(in: context)
        let view = MailTextsView(try await flows.mailTemplates.templates(of: portal.id), at: portal, in: context.book)
        return try renderer.response(
            .mailTexts, title: view.title, content: view, at: .portal(portal, .mailTexts), in: context)
    }

    /// `GET /portals/{portal}/mail-texts/{template}?language=de`
    @Sendable func mailText(_ request: Request, context: ConsoleRequestContext) async throws -> Response {
        let fields = FormFields(queryOf: request)
        let place = try await place(fields["language"], in: context)
        let notice: String? =
            switch MailTextStep(rawValue: fields["done"]) {
            case .save: context.book["console.mailTexts.saved"]
            case .test: context.book["console.mailTexts.tested"]
            case .reset: context.book["console.mailTexts.wasReset"]
            case .preview, nil: nil
            }
        return try await show(place, notice: NoticeView(notice), in: context)
    }

    /// `POST /portals/{portal}/mail-texts/{template}`
    @Sendable func changeMailText(_ form: FormFields, _ request: Request, context: ConsoleRequestContext) async throws -> Response
    {
        let place = try await place(form["language"], in: context)
        guard let step = MailTextStep(rawValue: form["step"]) else { throw ConsoleRefusal.unknownStep }
        return try await submit(in: context) {
            try await take(step, form, at: place, in: context)
        } again: { message in
            try await show(place, typed: form, refused: message, in: context)
        }
    }

    private func take(
        _ step: MailTextStep, _ form: FormFields, at place: MailTextPlace, in context: ConsoleRequestContext
    ) async throws -> Response {
        let (mails, book) = (flows.mailTemplates, context.book)
        switch step {
        case .save:
            _ = try await mails.change(
                place.name, of: place.portal.id, in: place.language, with: draft(form, at: place), by: context.actor)
        case .preview:
            let preview = try await mails.preview(place.name, with: text(form), in: place.language, at: place.portal)
            return try await show(place, typed: form, preview: preview, in: context)
        case .test:
            guard let admin = context.admin else { throw AccountError.notAuthenticated }
            let outcome = try await mails.sendTest(
                place.name, with: text(form), in: place.language, at: place.portal, to: admin)
            if case .tooMany(let seconds) = outcome { throw AccountError.throttled(retryAfterSeconds: seconds) }
            return try await show(place, typed: form, notice: NoticeView(book["console.mailTexts.tested"]), in: context)
        case .reset:
            guard form[ConfirmationView.field] == "yes" else {
                let confirmation = ConfirmationView(
                    title: book["console.mailTexts.resetQuestion"], text: book["console.mailTexts.resetText"],
                    names: ["\(place.name.label(in: book)) (\(place.language.nativeName))"], action: place.path,
                    fields: [("step", step.rawValue), ("language", place.language.tag)], button: book["console.mailTexts.reset"],
                    back: "\(place.path)?language=\(place.language.tag)")
                return try confirm(confirmation, at: .portal(place.portal, .mailTexts), in: context)
            }
            try await mails.reset(place.name, of: place.portal.id, in: place.language, by: context.actor)
        }
        return .redirect(to: "\(place.path)?language=\(place.language.tag)&done=\(step.rawValue)")
    }

    /// What was typed, where it is another text than the usual one.
    private func draft(_ form: FormFields, at place: MailTextPlace) -> MailTextDraft {
        let usual = flows.mailTemplates.usualText(of: place.name, in: place.language)
        func own(_ name: String, _ usual: String?) -> String? {
            let text = form["content.\(name)"].replacing("\r\n", with: "\n")
            return text.isEmpty || text == usual ? nil : text
        }
        let fields: [String: String?] = [
            "subject": own("subject", usual.subject), "title": own("title", usual.title), "body": own("body", usual.body),
            "button_label": own("button_label", usual.buttonLabel),
        ]
        return MailTextDraft(
            isEnabled: place.name.mayBeOff ? form["enabled"] == "on" : nil, content: .fields(fields))
    }

    private func text(_ form: FormFields) -> MailText {
        func typed(_ name: String) -> String? { form["content.\(name)"].isEmpty ? nil : form["content.\(name)"] }
        return MailText(
            subject: typed("subject"), title: typed("title"), body: typed("body"), buttonLabel: typed("button_label"))
    }

    private func place(_ language: String, in context: ConsoleRequestContext) async throws -> MailTextPlace {
        let portal = try await portal(in: context)
        guard let name = context.parameters.get("template").flatMap(MailTemplateName.init(rawValue:)) else {
            throw AccountError.notFound("e-mail template")
        }
        return MailTextPlace(portal: portal, name: name, language: Language(rawValue: language) ?? context.book.language)
    }

    private func show(
        _ place: MailTextPlace, typed: FormFields? = nil, preview: MailPreview? = nil, notice: NoticeView? = nil,
        refused message: PageMessage? = nil, in context: ConsoleRequestContext
    ) async throws -> Response {
        let mails = flows.mailTemplates
        let view = MailTextView(
            place.name, try await mails.template(place.name, of: place.portal.id),
            usual: mails.usualText(of: place.name, in: place.language), in: place.language, at: place.portal, typed: typed,
            preview: preview, notice: notice, refused: message, in: context)
        return try renderer.response(
            .mailText, title: view.title, content: view, at: .portal(place.portal, .mailTexts), in: context,
            status: message?.status ?? .ok)
    }
}
