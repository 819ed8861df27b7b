import Accounts
import HTTPTypes
import Hummingbird
import WebPages

/// What a portal's owner switches.
extension ConsolePages {
    /// `GET /portals/{portal}/settings`
    @Sendable func settings(_ request: Request, context: ConsoleRequestContext) async throws -> Response {
        let portal = try await portal(in: context)
        let notice: String? =
            switch FormFields(queryOf: request)["done"] {
            case "saved": context.book["console.settings.saved"]
            case "sender": context.book["console.settings.senderSaved"]
            default: nil
            }
        return try show(SettingsDraft(portal), at: portal, notice: notice, in: context)
    }

    /// `POST /portals/{portal}/settings`
    @Sendable func saveSettings(_ form: FormFields, _ request: Request, context: ConsoleRequestContext) async throws -> Response {
        let portal = try await portal(in: context)
        let draft = SettingsDraft(form)
        return try await submit(conflict: "console.settings.nameTaken", in: context) {
            _ = try await flows.portals.update(portal.id, with: draft.change, by: context.actor)
            return .redirect(to: "\(PortalArea.settings.path(at: portal))?done=saved")
        } again: { message in
            try show(draft, at: portal, refused: message, in: context)
        }
    }

    /// `POST /portals/{portal}/settings/sender`: what is left empty is the operator's.
    @Sendable func saveSender(_ form: FormFields, _ request: Request, context: ConsoleRequestContext) async throws -> Response {
        let portal = try await portal(in: context)
        let draft = SenderDraft(form)
        return try await submit(in: context) {
            if !draft.isEmpty {
                _ = try await flows.mailSenders.save(for: portal.id, with: draft.change, by: context.actor)
            } else if portal.mailSender != nil {
                try await flows.mailSenders.reset(portal.id, by: context.actor)
            }
            return .redirect(to: "\(PortalArea.settings.path(at: portal))?done=sender")
        } again: { message in
            try show(SettingsDraft(portal), sender: draft, at: portal, refused: message, in: context)
        }
    }

    /// - Parameter sender: what was typed there; nil for what is kept.
    private func show(
        _ draft: SettingsDraft, sender: SenderDraft? = nil, at portal: Portal, notice: String? = nil,
        refused message: PageMessage? = nil,
        in context: ConsoleRequestContext
    ) throws -> Response {
        let senderView = SenderView(
            sender ?? SenderDraft(portal), at: portal, domains: flows.mailSenders.domains, refused: message, in: context.book)
        let view = SettingsView(draft, sender: senderView, at: portal, notice: notice, refused: message, in: context)
        return try renderer.response(
            .settings, title: view.title, content: view, at: .portal(portal, .settings), in: context,
            status: message?.status ?? .ok)
    }
}
