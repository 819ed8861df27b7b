import Accounts
import Hummingbird
import WebPages

/// The queue of the geo's mails.
extension ConsolePages {
    /// `GET /mails?state=dead_letter`
    @Sendable func mails(_ request: Request, context: ConsoleRequestContext) async throws -> Response {
        let fields = FormFields(queryOf: request)
        let query = MailListQuery(fields)
        let admin = try context.requireSession().admin
        let notice = MailStep(rawValue: fields["done"]).map { $0.result(Int(fields["count"]) ?? 0, in: context.book) }
        let found = try await flows.mailQueue.mails(
            matching: query.filter, page: PageRequest(number: query.page, size: MailsView.pageSize), for: admin.role)
        let portals = try await flows.portals.portals(page: PageRequest(size: PageRequest.maximumSize)).elements
        let view = MailsView(
            found, for: query, counts: try await flows.mailQueue.counts(matching: query.filter), portals: portals,
            notice: NoticeView(notice), in: context)
        return try renderer.response(.mails, title: view.title, content: view, at: .area(.mails), in: context)
    }

    /// `POST /mails`: all dead letters of a portal and a kind, or simply all.
    @Sendable func decideAboutMails(_ form: FormFields, _ request: Request, context: ConsoleRequestContext) async throws
        -> Response
    {
        guard try MailStep(asked: form["step"]) == .retryAll else { throw ConsoleRefusal.unknownStep }
        let (query, book) = (MailListQuery(form), context.book)
        let path = ConsoleArea.mails.path
        guard form[ConfirmationView.field] == "yes" else {
            let count = try await flows.mailQueue.counts(matching: query.filter).deadLetters
            let confirmation = ConfirmationView(
                title: book.text("console.mails.retryAllQuestion", count: count), text: book["console.mails.retryAllText"],
                names: [], action: path, fields: [("step", MailStep.retryAll.rawValue)] + query.pairs.map { ($0.name, $0.value) },
                button: book["console.mails.retryAll"], isDestructive: false, back: path)
            return try confirm(confirmation, at: .area(.mails), in: context)
        }
        let admin = try context.requireSession().admin
        let count = try await flows.mailQueue.retryDeadLetters(matching: query.filter, by: admin)
        return .redirect(to: "\(path)?done=\(MailStep.retryAll.rawValue)&count=\(count)")
    }

    /// `GET /mails/{mail}`
    @Sendable func mail(_ request: Request, context: ConsoleRequestContext) async throws -> Response {
        try await showMail(id("mail", of: "mail", in: context), in: context)
    }

    /// `POST /mails/{mail}`
    @Sendable func decideAboutMail(_ form: FormFields, _ request: Request, context: ConsoleRequestContext) async throws
        -> Response
    {
        let mail: MailID = try id("mail", of: "mail", in: context)
        let (step, admin, book) = (try MailStep(asked: form["step"]), try context.requireSession().admin, context.book)
        return try await submit(conflict: "console.mails.busy", in: context) {
            switch step {
            case .retry: _ = try await flows.mailQueue.retry(mail, by: admin)
            case .discard:
                guard form[ConfirmationView.field] == "yes" else {
                    let found = try await flows.mailQueue.mail(mail, for: admin.role)
                    let path = "\(ConsoleArea.mails.path)/\(mail)"
                    let confirmation = ConfirmationView(
                        title: book["console.mails.discardQuestion"], text: book["console.mails.discardText"],
                        names: ["\(found.kindLabel(in: book)) (\(found.recipientLabel(in: book)))"], action: path,
                        fields: [("step", step.rawValue)], button: book["console.mails.discard"], back: path)
                    return try confirm(confirmation, at: .area(.mails), in: context)
                }
                try await flows.mailQueue.discard(mail, by: admin)
            case .retryAll: throw ConsoleRefusal.unknownStep
            }
            // Not to the mail's own page: it may be delivered already, and then there is none.
            return .redirect(to: "\(ConsoleArea.mails.path)?done=\(step.rawValue)")
        } again: { message in
            try await showMail(mail, refused: message, in: context)
        }
    }

    private func showMail(
        _ id: MailID, refused message: PageMessage? = nil, in context: ConsoleRequestContext
    ) async throws -> Response {
        let mail = try await flows.mailQueue.mail(id, for: context.requireSession().admin.role)
        var portal: Portal?
        if let id = mail.portal { portal = try? await flows.portals.portal(id) }
        let view = MailView(mail, of: portal, now: clock.now, refused: message, in: context)
        return try renderer.response(
            .mail, title: view.title, content: view, at: .area(.mails), in: context, status: message?.status ?? .ok)
    }
}
