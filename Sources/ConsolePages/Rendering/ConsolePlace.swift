import Accounts

/// Where in the console a page is; the navigation marks it.
enum ConsolePlace {
    case area(ConsoleArea)
    case portal(Portal, PortalArea)
    case elsewhere

    var area: ConsoleArea? {
        switch self {
        case .area(let area): area
        case .portal: .portals
        case .elsewhere: nil
        }
    }
}
