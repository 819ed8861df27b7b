import Accounts
import Languages

extension MailTemplateName {
    func label(in book: Phrasebook) -> String {
        switch self {
        case .confirmEmailAddress: book["console.mailTexts.names.confirm"]
        case .resetPassword: book["console.mailTexts.names.reset"]
        case .accountAccessApproved: book["console.mailTexts.names.approved"]
        case .accountAccessRejected: book["console.mailTexts.names.rejected"]
        case .accountAccessRevoked: book["console.mailTexts.names.revoked"]
        case .developerInvitation: book["console.mailTexts.names.invitation"]
        case .registrationPending: book["console.mailTexts.names.pending"]
        case .registrationApproved: book["console.mailTexts.names.registered"]
        case .passwordChanged: book["console.mailTexts.names.changed"]
        case .approvalRequested: book["console.mailTexts.names.request"]
        }
    }
}
