import Accounts

extension AccountMessage.Content {
    /// A paragraph of a mail, by the name of its text.
    enum Paragraph: Hashable {
        case plain(String)
        /// One whose first sentence stands out.
        case led(String)
    }

    /// Under which name the texts of this kind of mail stand in `Languages/Texts/…-mails.yaml`.
    var phrases: String {
        switch self {
        case .verifyEmail: "verifyEmail"
        case .registrationStatus: "registrationStatus"
        case .approved: "approved"
        case .invited: "invited"
        case .invitedToSignOn: "invitedToSignOn"
        case .resetPassword: "resetPassword"
        case .passwordChanged: "passwordChanged"
        case .approvalRequested: "approvalRequested"
        case .consolePassword: "consolePassword"
        case .consoleChanged: "consoleChanged"
        }
    }

    var paragraphs: [Paragraph] {
        switch self {
        case .verifyEmail, .approved, .invited, .invitedToSignOn, .resetPassword, .consolePassword: [.plain("text")]
        case .consoleChanged(let change, _): [.plain(change.rawValue), .plain("advice")]
        case .registrationStatus(_, let status, _): [.plain("text"), .led(status.rawValue)]
        case .passwordChanged: [.plain("text"), .plain("advice")]
        case .approvalRequested(let developer, _): [.plain(developer == nil ? "unnamed" : "named")]
        }
    }

    /// Whether something about the link is told below it.
    var hasNote: Bool {
        switch self {
        case .verifyEmail, .approved, .invited, .resetPassword, .consolePassword: true
        case .registrationStatus, .invitedToSignOn, .passwordChanged, .approvalRequested, .consoleChanged: false
        }
    }

    /// Whom the mail greets, as the developer typed it; nil where it greets nobody by name.
    var readerName: String? {
        switch self {
        case .verifyEmail(let name, _, _), .registrationStatus(let name, _, _), .approved(let name, _), .invited(let name, _, _),
            .invitedToSignOn(let name, _), .resetPassword(let name, _, _), .passwordChanged(let name, _):
            name
        case .approvalRequested, .consolePassword, .consoleChanged: nil
        }
    }

    /// What the mail's button opens. Only who may log in is shown where.
    var link: String? {
        switch self {
        case .verifyEmail(_, let link, _), .approved(_, let link), .invited(_, let link, _),
            .invitedToSignOn(_, let link), .resetPassword(_, let link, _), .passwordChanged(_, let link),
            .approvalRequested(_, let link), .consolePassword(let link, _),
            .consoleChanged(_, let link):
            link
        case .registrationStatus(_, let status, let link): status == .approved ? link : nil
        }
    }

    var validMinutes: Int? {
        switch self {
        case .verifyEmail(_, _, let minutes), .invited(_, _, let minutes), .resetPassword(_, _, let minutes),
            .consolePassword(_, let minutes):
            minutes
        case .registrationStatus, .approved, .invitedToSignOn, .passwordChanged, .approvalRequested, .consoleChanged: nil
        }
    }

    var applicant: AccountMessage.Applicant? {
        guard case .approvalRequested(let developer, _) = self else { return nil }
        return developer
    }
}
