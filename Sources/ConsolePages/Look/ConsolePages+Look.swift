import Accounts
import HTTPConventions
import HTTPTypes
import Hummingbird
import WebPages

/// How a portal presents itself.
extension ConsolePages {
    /// `GET /portals/{portal}/look`
    @Sendable func look(_ request: Request, context: ConsoleRequestContext) async throws -> Response {
        let portal = try await portal(in: context)
        let notice = FormFields(queryOf: request)["done"] == "look" ? context.book["console.look.saved"] : nil
        return try show(portal, typed: nil, notice: NoticeView(notice), in: context)
    }

    /// `POST /portals/{portal}/look`
    @Sendable func changeLook(_ form: FormFields, _ request: Request, context: ConsoleRequestContext) async throws -> Response {
        let portal = try await portal(in: context)
        return try await submit(in: context) {
            let step = LookStep(rawValue: form["step"])
            if let step, let image = step.removedImage(in: context.book), form[ConfirmationView.field] != "yes" {
                return try ask(before: step, about: image, at: portal, in: context)
            }
            switch step {
            case .save:
                func text(_ field: String) -> LookDraft.Text { LookDraft.Text(form[field].isEmpty ? nil : form[field]) }
                let draft = LookDraft(
                    accent: text(LookDraft.accentField), welcomeTitle: text(LookDraft.welcomeTitleField),
                    welcomeText: text(LookDraft.welcomeTextField))
                _ = try await flows.looks.change(portal.id, with: draft, by: context.actor)
            case .removeLogo: try await flows.looks.remove(.logo, of: portal.id, by: context.actor)
            case .removeFavicon: try await flows.looks.remove(.favicon, of: portal.id, by: context.actor)
            case nil: throw ConsoleRefusal.unknownStep
            }
            return .redirect(to: "\(PortalArea.look.path(at: portal))?done=look")
        } again: { message in
            try show(portal, typed: form, refused: message, in: context)
        }
    }

    private func ask(
        before step: LookStep, about image: (name: String, button: String), at portal: Portal, in context: ConsoleRequestContext
    ) throws -> Response {
        let (book, path) = (context.book, PortalArea.look.path(at: portal))
        let confirmation = ConfirmationView(
            title: book["console.look.removeQuestion"], text: book["console.look.removeText"], names: [image.name], action: path,
            fields: [("step", step.rawValue)], button: image.button, back: path)
        return try confirm(confirmation, at: .portal(portal, .look), in: context)
    }

    /// `GET /portals/{portal}/look/{file}`: the images, and the colours of the preview.
    @Sendable func lookFile(_ request: Request, context: ConsoleRequestContext) async throws -> Response {
        let portal = try await portal(in: context)
        let file = context.parameters.get("file") ?? ""
        if file == LookView.stylesheetName {
            return Response(
                status: .ok, headers: [.contentType: "text/css; charset=utf-8", .cacheControl: "no-store"],
                body: ResponseBody(byteBuffer: ByteBuffer(string: portal.look.accentRules(for: ".preview"))))
        }
        guard let kind = PortalImage.Kind(rawValue: file) else { throw HTTPError(.notFound) }
        return Response(try await flows.looks.image(kind, of: portal.id), cacheControl: "no-store")
    }

    private func show(
        _ portal: Portal, typed: FormFields?, notice: NoticeView? = nil, refused message: PageMessage? = nil,
        in context: ConsoleRequestContext
    ) throws -> Response {
        let view = LookView(portal, typed: typed, notice: notice, refused: message, in: context)
        return try renderer.response(
            .look, title: view.title, content: view, at: .portal(portal, .look), in: context, status: message?.status ?? .ok)
    }
}
