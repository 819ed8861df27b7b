import Accounts
import HTTPTypes
import Hummingbird
import WebPages

/// What a portal's owner switches.
extension ConsolePages {
    /// `GET /portals/{portal}/settings`
    @Sendable func settings(_ request: Request, context: ConsoleRequestContext) async throws -> Response {
        let portal = try await portal(in: context)
        let notice = FormFields(queryOf: request)["done"] == "saved" ? context.book["console.settings.saved"] : nil
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

    private func show(
        _ draft: SettingsDraft, at portal: Portal, notice: String? = nil, refused message: PageMessage? = nil,
        in context: ConsoleRequestContext
    ) throws -> Response {
        let view = SettingsView(draft, at: portal, notice: notice, refused: message, in: context)
        return try renderer.response(
            .settings, title: view.title, content: view, at: .portal(portal, .settings), in: context,
            status: message?.status ?? .ok)
    }
}
