import Accounts
import HTTPTypes
import Hummingbird
import WebPages

/// A portal's developers: the list, and one of them.
extension ConsolePages {
    /// `GET /portals/{portal}/developers`
    @Sendable func developers(_ request: Request, context: ConsoleRequestContext) async throws -> Response {
        let portal = try await portal(in: context)
        let fields = FormFields(queryOf: request)
        let query = DeveloperListQuery(fields)
        let notice = fields["done"] == DeveloperStep.delete.rawValue ? DeveloperStep.delete.result(1, in: context.book) : nil
        do {
            if let filter = query.addressFilter {
                let found = try await developers(matching: filter, for: query, at: portal)
                if found.total > 0 { return try show(found, for: query, isWholeAddress: true, at: portal, in: context) }
            }
            let found = try await developers(matching: query.filter, for: query, at: portal)
            return try show(found, for: query, at: portal, notice: NoticeView(notice), in: context)
        } catch AccountError.invalidFields {
            let problem = ProblemView(
                title: context.book["console.developers.tooShort"],
                text: context.book.text(
                    "console.developers.tooShortText", count: DeveloperFilter.shortestIndexedText), items: [])
            return try show(
                Page(elements: [], total: 0), for: query, at: portal, problem: problem, status: .badRequest, in: context)
        }
    }

    private func developers(
        matching filter: DeveloperFilter, for query: DeveloperListQuery, at portal: Portal
    ) async throws -> Page<Developer> {
        try await flows.approval.developers(
            at: portal, matching: filter, sortedBy: query.sorting.order,
            page: PageRequest(number: query.page, size: DevelopersView.pageSize))
    }

    private func show(
        _ found: Page<Developer>, for query: DeveloperListQuery, isWholeAddress: Bool = false, at portal: Portal,
        notice: NoticeView? = nil, problem: ProblemView? = nil, status: HTTPResponse.Status = .ok,
        in context: ConsoleRequestContext
    ) throws -> Response {
        let view = DevelopersView(
            found, for: query, isWholeAddress: isWholeAddress, at: portal, notice: notice, problem: problem, in: context)
        return try renderer.response(
            .developers, title: view.title, content: view, at: .portal(portal, .developers), in: context, status: status)
    }

    /// `GET /portals/{portal}/developers/{developer}`
    @Sendable func developer(_ request: Request, context: ConsoleRequestContext) async throws -> Response {
        let portal = try await portal(in: context)
        let developer = try await flows.approval.developer(id("developer", of: "developer", in: context), at: portal)
        let done = FormFields(queryOf: request)["done"]
        let notice =
            done == "invite"
            ? context.book["console.invite.done"] : DeveloperStep(rawValue: done).map { $0.result(1, in: context.book) }
        return try await show(developer, at: portal, notice: NoticeView(notice), in: context)
    }

    /// `POST /portals/{portal}/developers/{developer}`
    @Sendable func decideAboutDeveloper(
        _ form: FormFields, _ request: Request, context: ConsoleRequestContext
    ) async throws -> Response {
        let (portal, book) = (try await portal(in: context), context.book)
        let step = try DeveloperStep(asked: form["step"])
        let developer = try await flows.approval.developer(id("developer", of: "developer", in: context), at: portal)
        let list = PortalArea.developers.path(at: portal)
        let path = "\(list)/\(developer.id)"
        if let asked = step.confirmation(1, in: book), form[ConfirmationView.field] != "yes" {
            let confirmation = ConfirmationView(
                title: asked.question, text: asked.consequence,
                names: ["\(developer.fullName.value) (\(developer.email.value))"], action: path,
                fields: [("step", step.rawValue)], button: step.button(in: book), back: path)
            return try confirm(confirmation, at: .portal(portal, .developers), in: context)
        }
        let decision = try await DeveloperDecisions(
            step, with: [developer.id], at: portal, by: context.actor, approval: flows.approval, in: book)
        if let failure = decision.failures.first {
            let problem = ProblemView(title: book.text("console.requests.failed", count: 1), text: failure.reason, items: [])
            let current = try await flows.approval.developer(developer.id, at: portal)
            return try await show(current, at: portal, problem: problem, status: .conflict, in: context)
        }
        return .redirect(to: "\(step == .delete ? list : path)?done=\(step.rawValue)")
    }

    private func show(
        _ developer: Developer, at portal: Portal, notice: NoticeView? = nil, problem: ProblemView? = nil,
        status: HTTPResponse.Status = .ok, in context: ConsoleRequestContext
    ) async throws -> Response {
        var filter = AuditFilter()
        filter.developer = developer.id
        let history =
            context.may(.readAuditLog)
            ? try await auditList(
                flows.auditLog.newest(matching: filter, limit: DeveloperView.historyLength), in: context) : nil
        let view = DeveloperView(
            developer, at: portal, identities: try await flows.identities.identities(of: developer), history: history,
            notice: notice, problem: problem, in: context)
        return try renderer.response(
            .developer, title: view.name, content: view, at: .portal(portal, .developers), in: context, status: status)
    }
}
