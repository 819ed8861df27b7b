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

    /// `POST /portals/{portal}/look/{file}`: an image in the place of the one that there is, checked as by the management API.
    @Sendable func setImage(_ form: MultipartForm, _ request: Request, context: ConsoleRequestContext) async throws -> Response {
        let portal = try await portal(in: context)
        guard let kind = PortalImage.Kind(rawValue: context.parameters.get("file") ?? "") else { throw HTTPError(.notFound) }
        return try await submit(in: context) {
            guard let file = form.file(kind.rawValue) else { throw AccountError.invalidField(.required(kind.rawValue)) }
            try await flows.looks.set(Self.image(file, as: kind), as: kind, of: portal.id, by: context.actor)
            return .redirect(to: "\(PortalArea.look.path(at: portal))?done=look")
        } again: { message in
            try show(portal, typed: nil, refused: message, in: context)
        }
    }

    /// - Throws: ``AccountError/invalidFields(_:)`` for the field that is named as the image is.
    private static func image(_ file: [UInt8], as kind: PortalImage.Kind) throws -> PortalImage {
        do {
            return try PortalImage(file, as: kind, field: kind.rawValue)
        } catch {
            throw AccountError.invalidField(error)
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
