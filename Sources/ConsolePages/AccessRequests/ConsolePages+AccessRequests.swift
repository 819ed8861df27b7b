import Accounts
import HTTPTypes
import Hummingbird
import WebPages

/// Developers who have verified their address and wait for somebody's decision.
extension ConsolePages {
    /// `GET /portals/{portal}/requests`
    @Sendable func accessRequests(_ request: Request, context: ConsoleRequestContext) async throws -> Response {
        let query = FormFields(queryOf: request)
        let notice = DeveloperStep(rawValue: query["done"]).flatMap { step in
            Int(query["count"]).map { step.result($0, in: context.book) }
        }
        return try await showRequests(
            at: portal(in: context), page: Pager.number(in: query), selectsAll: query["selected"] == "all",
            notice: NoticeView(notice), in: context)
    }

    /// `POST /portals/{portal}/requests`: one step with every developer whose box is checked.
    @Sendable func decideAboutRequests(
        _ form: FormFields, _ request: Request, context: ConsoleRequestContext
    ) async throws -> Response {
        let (portal, book) = (try await portal(in: context), context.book)
        let step = try DeveloperStep(asked: form["step"])
        let chosen = form.names(after: AccessRequestsView.field).compactMap { DeveloperID($0) }
        guard !chosen.isEmpty else {
            let problem = ProblemView(
                title: book["console.requests.nobody"], text: book["console.requests.nobodyText"], items: [])
            return try await showRequests(at: portal, problem: problem, status: .badRequest, in: context)
        }
        if let asked = step.confirmation(chosen.count, in: book), form[ConfirmationView.field] != "yes" {
            return try await ask(asked, before: step, with: chosen, at: portal, in: context)
        }
        let decisions = try await DeveloperDecisions(
            step, with: chosen, at: portal, by: context.actor, approval: flows.approval, in: book)
        guard decisions.failures.isEmpty else {
            let problem = ProblemView(
                title: book.text("console.requests.failed", count: decisions.failures.count), text: nil,
                items: decisions.failures.map { ProblemView.Item(field: nil, text: "\($0.name): \($0.reason)") })
            let notice = NoticeView(decisions.done > 0 ? step.result(decisions.done, in: book) : nil)
            return try await showRequests(at: portal, notice: notice, problem: problem, status: .conflict, in: context)
        }
        return .redirect(to: "\(PortalArea.requests.path(at: portal))?done=\(step.rawValue)&count=\(decisions.done)")
    }

    private func ask(
        _ asked: (question: String, consequence: String), before step: DeveloperStep, with chosen: [DeveloperID],
        at portal: Portal, in context: ConsoleRequestContext
    ) async throws -> Response {
        var names: [String] = []
        for id in chosen {
            do {
                let developer = try await flows.approval.developer(id, at: portal)
                names.append("\(developer.fullName.value) (\(developer.email.value))")
            } catch AccountError.notFound {
                // Who has gone meanwhile is told of when it is done.
                continue
            }
        }
        let path = PortalArea.requests.path(at: portal)
        let confirmation = ConfirmationView(
            title: asked.question, text: asked.consequence, names: names, action: path,
            fields: [("step", step.rawValue)] + chosen.map { ("\(AccessRequestsView.field)\($0)", "on") },
            button: step.button(in: context.book), back: path)
        return try confirm(confirmation, at: .portal(portal, .requests), in: context)
    }

    private func showRequests(
        at portal: Portal, page: Int = 1, selectsAll: Bool = false, notice: NoticeView? = nil, problem: ProblemView? = nil,
        status: HTTPResponse.Status = .ok, in context: ConsoleRequestContext
    ) async throws -> Response {
        let filter = DeveloperFilter(statuses: [.pending])
        var page = PageRequest(number: page, size: AccessRequestsView.pageSize)
        var found = try await flows.approval.developers(at: portal, matching: filter, page: page)
        if found.elements.isEmpty, found.total > 0 {
            // The last page has become empty by what was decided.
            page = PageRequest(number: (found.total + page.size - 1) / page.size, size: page.size)
            found = try await flows.approval.developers(at: portal, matching: filter, page: page)
        }
        let view = AccessRequestsView(
            found, page: page.number, at: portal, selectsAll: selectsAll, notice: notice, problem: problem, in: context)
        return try renderer.response(
            .requests, title: view.title, content: view, at: .portal(portal, .requests), in: context, status: status)
    }
}
