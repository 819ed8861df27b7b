import Accounts
import WebPages

/// A portal's settings as its form has them.
struct SettingsDraft {
    let name: String
    let displayName: String
    let authenticationEnabled: Bool
    let autoApproveDevelopers: Bool
    let adminMailsNameDevelopers: Bool

    init(_ portal: Portal) {
        name = portal.name
        displayName = portal.displayName
        authenticationEnabled = portal.settings.authenticationEnabled
        autoApproveDevelopers = portal.settings.autoApproveDevelopers
        adminMailsNameDevelopers = portal.settings.adminMailsNameDevelopers
    }

    /// A box that is not checked is not sent.
    init(_ form: FormFields) {
        name = form["name"]
        displayName = form["display_name"]
        authenticationEnabled = form["authentication_enabled"] == "on"
        autoApproveDevelopers = form["auto_approve_developers"] == "on"
        adminMailsNameDevelopers = form["admin_mails_name_developers"] == "on"
    }

    var change: PortalDraft {
        var draft = PortalDraft(name: name)
        draft.displayName = displayName
        draft.authenticationEnabled = authenticationEnabled
        draft.autoApproveDevelopers = autoApproveDevelopers
        draft.adminMailsNameDevelopers = adminMailsNameDevelopers
        return draft
    }
}
