import WebPages

/// The templates of the console, beside those that it shares with portals.
enum ConsoleTemplate: String, ShippedTemplate {
    case account
    case admin
    case admins
    case apiFields = "api-fields"
    case apiForm = "api-form"
    case api
    case apis
    case audit
    case codes
    case confirmPassword = "confirm-password"
    case confirm
    case developer
    case developers
    case entries
    case entry
    case identityProvider
    case invitation
    case layout
    case look
    case mailText
    case mailTexts
    case newToken = "new-token"
    case portals
    case requests
    case select
    case settings
    case signOn
    case switches = "switch"
    case token

    var bytes: [UInt8] {
        switch self {
        case .account: PackageResources.account_mustache
        case .admin: PackageResources.admin_mustache
        case .admins: PackageResources.admins_mustache
        case .apiFields: PackageResources.api_fields_mustache
        case .apiForm: PackageResources.api_form_mustache
        case .api: PackageResources.api_mustache
        case .apis: PackageResources.apis_mustache
        case .audit: PackageResources.audit_mustache
        case .codes: PackageResources.codes_mustache
        case .confirmPassword: PackageResources.confirm_password_mustache
        case .confirm: PackageResources.confirm_mustache
        case .developer: PackageResources.developer_mustache
        case .developers: PackageResources.developers_mustache
        case .entries: PackageResources.entries_mustache
        case .entry: PackageResources.entry_mustache
        case .identityProvider: PackageResources.identityProvider_mustache
        case .invitation: PackageResources.invitation_mustache
        case .layout: PackageResources.layout_mustache
        case .look: PackageResources.look_mustache
        case .mailText: PackageResources.mailText_mustache
        case .mailTexts: PackageResources.mailTexts_mustache
        case .newToken: PackageResources.new_token_mustache
        case .portals: PackageResources.portals_mustache
        case .requests: PackageResources.requests_mustache
        case .select: PackageResources.select_mustache
        case .settings: PackageResources.settings_mustache
        case .signOn: PackageResources.signOn_mustache
        case .switches: PackageResources.switch_mustache
        case .token: PackageResources.token_mustache
        }
    }
}
