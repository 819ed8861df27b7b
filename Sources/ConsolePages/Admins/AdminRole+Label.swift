import Accounts
import Languages

extension AdminRole {
    func label(in book: Phrasebook) -> String {
        switch self {
        case .owner: book["console.roles.owner"]
        case .approver: book["console.roles.approver"]
        case .viewer: book["console.roles.viewer"]
        }
    }
}
