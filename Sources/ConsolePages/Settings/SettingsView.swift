import Accounts
import Languages
import WebPages

/// What the template of a portal's settings shows.
struct SettingsView {
    let title: String
    let action: String
    let address: String
    let fields: [FieldView]
    let switches: [SwitchView]
    /// Whether whoever looks may change anything.
    let mayChange: Bool
    let notice: NoticeView?
    let problem: ProblemView?

    init(
        _ draft: SettingsDraft, at portal: Portal, notice: String?, refused message: PageMessage?,
        in context: ConsoleRequestContext
    ) {
        let book = context.book
        title = book["console.settings.title"]
        action = PortalArea.settings.path(at: portal)
        address = portal.slug.value
        let fields = [
            FieldView("name", label: book["console.settings.name"], value: draft.name, refused: message, in: book),
            FieldView(
                "display_name", label: book["console.settings.displayName"], value: draft.displayName,
                hint: book["console.settings.displayNameHint"], refused: message, in: book),
        ]
        self.fields = fields
        switches = [
            SwitchView(
                "authentication_enabled", label: book["console.settings.accounts"], hint: book["console.settings.accountsHint"],
                isOn: draft.authenticationEnabled),
            SwitchView(
                "auto_approve_developers", label: book["console.settings.autoApprove"],
                hint: book["console.settings.autoApproveHint"], isOn: draft.autoApproveDevelopers),
            SwitchView(
                "admin_mails_name_developers", label: book["console.settings.naming"], hint: book["console.settings.namingHint"],
                isOn: draft.adminMailsNameDevelopers),
        ]
        mayChange = context.may(.managePortals)
        self.notice = NoticeView(notice)
        problem = message.map { ProblemView($0, fields: fields) }
    }
}
