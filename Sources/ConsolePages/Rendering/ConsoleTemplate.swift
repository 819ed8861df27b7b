/// The templates that ship inside the program.
enum ConsoleTemplate: String, CaseIterable {
    case area, audit, confirm, developer, developers, entries, error, field, invitation, layout, look, mailText, mailTexts, notice, pager, portals, problem
    case requests, select, token

    var bytes: [UInt8] {
        switch self {
        case .area: PackageResources.area_mustache
        case .audit: PackageResources.audit_mustache
        case .confirm: PackageResources.confirm_mustache
        case .developer: PackageResources.developer_mustache
        case .developers: PackageResources.developers_mustache
        case .entries: PackageResources.entries_mustache
        case .error: PackageResources.error_mustache
        case .field: PackageResources.field_mustache
        case .invitation: PackageResources.invitation_mustache
        case .layout: PackageResources.layout_mustache
        case .look: PackageResources.look_mustache
        case .mailText: PackageResources.mailText_mustache
        case .mailTexts: PackageResources.mailTexts_mustache
        case .notice: PackageResources.notice_mustache
        case .pager: PackageResources.pager_mustache
        case .portals: PackageResources.portals_mustache
        case .problem: PackageResources.problem_mustache
        case .requests: PackageResources.requests_mustache
        case .select: PackageResources.select_mustache
        case .token: PackageResources.token_mustache
        }
    }
}
