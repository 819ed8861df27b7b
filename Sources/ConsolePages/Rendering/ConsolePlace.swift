import Accounts

/// Where in the console a page is; the navigation marks it.
enum ConsolePlace {
    case area(ConsoleArea)
    case portal(Portal, PortalArea)
    /// What an admin does with the own log-in.
    case account
    case elsewhere

    var isAccount: Bool {
        if case .account = self { true } else { false }
    }

    var area: ConsoleArea? {
        switch self {
        case .area(let area): area
        case .portal: .portals
        case .account, .elsewhere: nil
        }
    }
}
