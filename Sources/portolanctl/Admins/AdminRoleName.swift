import Accounts
import ArgumentParser

/// The words of the management API for what an admin may do.
enum AdminRoleName: String, ExpressibleByArgument, CaseIterable {
    case owner, approver, viewer

    var role: AdminRole {
        switch self {
        case .owner: .owner
        case .approver: .approver
        case .viewer: .viewer
        }
    }
}
