/// The templates that ship inside the program.
enum PageTemplate: String, CaseIterable {
    case account, api, catalog, deletion, departure, error, field, forgot, form, layout, login, logout, mail, mailbox, notice,
        pager
    case part, password, pending, problem, register, verify

    var bytes: [UInt8] {
        switch self {
        case .account: PackageResources.account_mustache
        case .api: PackageResources.api_mustache
        case .catalog: PackageResources.catalog_mustache
        case .deletion: PackageResources.deletion_mustache
        case .departure: PackageResources.departure_mustache
        case .error: PackageResources.error_mustache
        case .field: PackageResources.field_mustache
        case .forgot: PackageResources.forgot_mustache
        case .form: PackageResources.form_mustache
        case .layout: PackageResources.layout_mustache
        case .login: PackageResources.login_mustache
        case .logout: PackageResources.logout_mustache
        case .mail: PackageResources.mail_mustache
        case .mailbox: PackageResources.mailbox_mustache
        case .notice: PackageResources.notice_mustache
        case .pager: PackageResources.pager_mustache
        case .part: PackageResources.part_mustache
        case .password: PackageResources.password_mustache
        case .pending: PackageResources.pending_mustache
        case .problem: PackageResources.problem_mustache
        case .register: PackageResources.register_mustache
        case .verify: PackageResources.verify_mustache
        }
    }
}
