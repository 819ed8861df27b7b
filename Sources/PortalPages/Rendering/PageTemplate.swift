import WebPages

/// The templates of a portal, beside those that it shares with the console.
enum PageTemplate: String, ShippedTemplate {
    case account, api, catalog, deletion, departure, forgot, form, layout, login, logout, mail, mailbox, part, password, pending
    case register, verify

    var bytes: [UInt8] {
        switch self {
        case .account: PackageResources.account_mustache
        case .api: PackageResources.api_mustache
        case .catalog: PackageResources.catalog_mustache
        case .deletion: PackageResources.deletion_mustache
        case .departure: PackageResources.departure_mustache
        case .forgot: PackageResources.forgot_mustache
        case .form: PackageResources.form_mustache
        case .layout: PackageResources.layout_mustache
        case .login: PackageResources.login_mustache
        case .logout: PackageResources.logout_mustache
        case .mail: PackageResources.mail_mustache
        case .mailbox: PackageResources.mailbox_mustache
        case .part: PackageResources.part_mustache
        case .password: PackageResources.password_mustache
        case .pending: PackageResources.pending_mustache
        case .register: PackageResources.register_mustache
        case .verify: PackageResources.verify_mustache
        }
    }
}
