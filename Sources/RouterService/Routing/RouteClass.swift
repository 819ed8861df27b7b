/// What kind of request it was, as logs and metrics tell it: never a path.
enum RouteClass: Int, CaseIterable {
    case portalAPI, portalPage, managementAPI, console, chooser, unknown

    var name: String {
        switch self {
        case .portalAPI: "portal_api"
        case .portalPage: "portal_page"
        case .managementAPI: "management_api"
        case .console: "console"
        case .chooser: "chooser"
        case .unknown: "unknown"
        }
    }
}
