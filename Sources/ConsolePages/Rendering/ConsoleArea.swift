import Accounts
import Languages

/// A part of the console that its main navigation leads to.
enum ConsoleArea: CaseIterable {
    case portals, audit

    var path: String {
        switch self {
        case .portals: "/"
        case .audit: "/audit"
        }
    }

    /// Who sees the way there.
    var permission: AdminPermission {
        switch self {
        case .portals: .seePortals
        case .audit: .readAuditLog
        }
    }

    func label(in book: Phrasebook) -> String {
        switch self {
        case .portals: book["console.portals.title"]
        case .audit: book["console.audit.title"]
        }
    }
}
