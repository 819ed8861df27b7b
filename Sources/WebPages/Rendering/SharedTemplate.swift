/// The templates that portals and the console share.
public enum SharedTemplate: String, ShippedTemplate {
    case area, error, field, head, languages, notice, pager, problem

    public var bytes: [UInt8] {
        switch self {
        case .area: PackageResources.area_mustache
        case .error: PackageResources.error_mustache
        case .field: PackageResources.field_mustache
        case .head: PackageResources.head_mustache
        case .languages: PackageResources.languages_mustache
        case .notice: PackageResources.notice_mustache
        case .pager: PackageResources.pager_mustache
        case .problem: PackageResources.problem_mustache
        }
    }
}
