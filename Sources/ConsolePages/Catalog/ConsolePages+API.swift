import Accounts
import HTTPTypes
import Hummingbird
import Languages
import WebPages

/// One API: what is said of it, its document, and where it is published.
extension ConsolePages {
    /// `GET /apis/{api}`
    @Sendable func api(_ request: Request, context: ConsoleRequestContext) async throws -> Response {
        let notice = Self.notice(FormFields(queryOf: request)["done"], in: context.book)
        return try await show(
            flows.catalog.api(id("api", of: "API", in: context)), asked: FormFields(queryOf: request), notice: notice, in: context
        )
    }

    private static func notice(_ done: String, in book: Phrasebook) -> String? {
        switch done {
        case "created": book["console.catalog.created"]
        case "saved": book["console.catalog.saved"]
        case "published": book["console.catalog.published"]
        default: nil
        }
    }

    /// `POST /apis/{api}`: another name, version, slug or description, and another document where one is sent.
    @Sendable func changeAPI(_ form: MultipartForm, _ request: Request, context: ConsoleRequestContext) async throws -> Response {
        let api = try await flows.catalog.api(id("api", of: "API", in: context))
        let draft = APIForm(form)
        return try await submit(conflict: "console.catalog.taken", in: context) {
            if let document = draft.document {
                try await flows.catalog.setDocument(
                    document, of: api.id, with: draft.change(isNew: false), named: APIForm.documentField, by: context.actor)
            } else {
                _ = try await flows.catalog.update(api.id, with: draft.change(isNew: false), by: context.actor)
            }
            return .redirect(to: "/apis/\(api.id)?done=saved")
        } again: { message in
            try await show(api, form: draft, refused: message, in: context)
        }
    }

    /// `POST /apis/{api}/publications`: who sees it at each portal.
    @Sendable func publishAPI(_ form: FormFields, _ request: Request, context: ConsoleRequestContext) async throws -> Response {
        let api = try await flows.catalog.api(id("api", of: "API", in: context))
        let published = try await publications(of: api)
        for text in form.names(after: "visibility-") {
            guard let portal = PortalID(text) else { throw AccountError.notFound("portal") }
            let choice = form["visibility-\(text)"]
            if choice == APIView.unpublished {
                if published[portal] != nil { try await flows.catalog.unpublish(api.id, from: portal, by: context.actor) }
            } else {
                guard let visibility = Visibility(rawValue: choice) else { throw ConsoleRefusal.unknownStep }
                try await flows.catalog.publish(api.id, to: portal, visibility: visibility, by: context.actor)
            }
        }
        let page = Pager.number(in: form)
        return .redirect(to: "/apis/\(api.id)?done=published\(page > 1 ? "&page=\(page)" : "")")
    }

    /// `POST /apis/{api}/delete`
    @Sendable func deleteAPI(_ form: FormFields, _ request: Request, context: ConsoleRequestContext) async throws -> Response {
        let (api, book) = (try await flows.catalog.api(id("api", of: "API", in: context)), context.book)
        guard form[ConfirmationView.field] == "yes" else {
            let confirmation = ConfirmationView(
                title: book["console.catalog.deleteQuestion"], text: book["console.catalog.deleteText"], names: [api.name],
                action: "/apis/\(api.id)/delete", fields: [], button: book["console.steps.delete"], back: "/apis/\(api.id)")
            return try confirm(confirmation, at: .area(.catalog), in: context)
        }
        try await flows.catalog.delete(api.id, by: context.actor)
        return .redirect(to: "/apis?done=deleted")
    }

    private func publications(of api: PublishedAPI) async throws -> [PortalID: Visibility] {
        var published: [PortalID: Visibility] = [:]
        for number in 1... {
            let page = PageRequest(number: number, size: PageRequest.maximumSize)
            let found = try await flows.catalog.publications(of: api.id, page: page)
            for publication in found.elements { published[publication.portal] = publication.visibility }
            if found.elements.count < page.size { break }
        }
        return published
    }

    private func show(
        _ api: PublishedAPI, form: APIForm? = nil, asked query: FormFields? = nil, notice: String? = nil,
        refused message: PageMessage? = nil,
        in context: ConsoleRequestContext
    ) async throws -> Response {
        let (portals, pager) = try await page(
            of: APIView.placesOnPage, at: "/apis/\(api.id)", asked: query ?? FormFields([]), in: context
        ) { try await flows.portals.portals(page: $0) }
        let view = APIView(
            api, at: portals.elements, pager: pager, published: try await publications(of: api), form: form, notice: notice,
            refused: message,
            in: context)
        return try renderer.response(
            .api, title: view.title, content: view, at: .area(.catalog), in: context, status: message?.status ?? .ok)
    }
}
