import Accounts
import HTTPTypes
import Hummingbird
import WebPages

/// The geo's APIs: the list, and a new one.
extension ConsolePages {
    /// `GET /apis`
    @Sendable func apis(_ request: Request, context: ConsoleRequestContext) async throws -> Response {
        let query = FormFields(queryOf: request)
        let search = String(query["q"].prefix(PublishedAPI.maximumNameLength))
        var selection = APISelection()
        if !search.allSatisfy(\.isWhitespace) { selection.name = .contains([PublishedAPI.key(of: search)]) }
        let page = Pager.number(in: query)
        let found = try await flows.catalog.apis(
            selectedBy: selection, page: PageRequest(number: page, size: APIsView.pageSize))
        let notice = query["done"] == "deleted" ? context.book["console.catalog.deleted"] : nil
        let view = APIsView(found, page: page, search: search, notice: notice, in: context)
        return try renderer.response(.apis, title: view.title, content: view, at: .area(.catalog), in: context)
    }

    /// `GET /apis/new`
    @Sendable func newAPIForm(_ request: Request, context: ConsoleRequestContext) async throws -> Response {
        try show(APIForm(), in: context)
    }

    /// `POST /apis/new`: an API with its document, which says name and version where the form does not.
    @Sendable func createAPI(_ form: MultipartForm, _ request: Request, context: ConsoleRequestContext) async throws -> Response {
        let draft = APIForm(form)
        return try await submit(conflict: "console.catalog.taken", in: context) {
            guard let document = draft.document else { throw AccountError.invalidField(.required(APIForm.documentField)) }
            let api = try await flows.catalog.create(
                draft.change(isNew: true), document: document, named: APIForm.documentField, by: context.actor)
            return .redirect(to: "/apis/\(api.id)?done=created")
        } again: { message in
            try show(draft, refused: message, in: context)
        }
    }

    private func show(
        _ draft: APIForm, refused message: PageMessage? = nil, in context: ConsoleRequestContext
    ) throws -> Response {
        let view = APIFormView(draft, action: "/apis/new", isNew: true, refused: message, in: context.book)
        return try renderer.response(
            .apiForm, title: view.title, content: view, at: .area(.catalog), in: context, status: message?.status ?? .ok)
    }
}
