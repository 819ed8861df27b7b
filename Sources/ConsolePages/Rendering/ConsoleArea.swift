import Accounts
import Languages

/// A part of the console that its main navigation leads to.
enum ConsoleArea: CaseIterable {
    case portals, catalog, mails, audit, admins

    var path: String {
        switch self {
        case .portals: "/"
        case .catalog: "/apis"
        case .mails: "/mails"
        case .audit: "/audit"
        case .admins: "/admins"
        }
    }

    /// Who sees the way there.
    var permission: AdminPermission {
        switch self {
        case .portals, .catalog: .seePortals
        case .mails: .seeMails
        case .audit: .readAuditLog
        case .admins: .manageAdmins
        }
    }

    func label(in book: Phrasebook) -> String {
        switch self {
        case .portals: book["console.portals.title"]
        case .catalog: book["console.catalog.title"]
        case .mails: book["console.mails.title"]
        case .audit: book["console.audit.title"]
        case .admins: book["console.admins.title"]
        }
    }
}
