import Accounts
import Languages

/// A part of one portal's administration, below the portal's name.
enum PortalArea: CaseIterable {
    case requests, developers, look, mailTexts, logIn, settings

    func path(at portal: Portal) -> String { "\(Self.root(of: portal))/\(name)" }

    /// Where everything about a portal is.
    static func root(of portal: Portal) -> String { "/portals/\(portal.slug)" }

    private var name: String {
        switch self {
        case .requests: "requests"
        case .developers: "developers"
        case .look: "look"
        case .mailTexts: "mail-texts"
        case .logIn: "log-in"
        case .settings: "settings"
        }
    }

    /// Who sees the way there.
    var permission: AdminPermission {
        switch self {
        case .requests, .developers: .seeDevelopers
        case .look, .mailTexts, .logIn: .seePortals
        case .settings: .seePortals
        }
    }

    func label(in book: Phrasebook) -> String {
        switch self {
        case .requests: book["console.requests.title"]
        case .developers: book["console.developers.title"]
        case .look: book["console.look.title"]
        case .mailTexts: book["console.mailTexts.title"]
        case .logIn: book["console.signOn.title"]
        case .settings: book["console.settings.title"]
        }
    }
}
