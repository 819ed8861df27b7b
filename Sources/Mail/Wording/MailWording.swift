import Accounts

/// Which template a mail uses, its subject, and the values that stand in both.
///
/// Every value is on one line, whoever chose it.
struct MailWording {
    let template: String
    let subject: String
    let values: [String: any Sendable]

    init(_ message: AccountMessage) {
        let portal = message.portalName.onOneLine
        let own: [String: any Sendable]
        switch message.content {
        case .verifyEmail(let name, let link, let validMinutes):
            template = "verify-email"
            subject = "Verify your e-mail address for \(portal)"
            own = Self.letter(to: name, link: link).merging(["validity": Self.validity(minutes: validMinutes)]) { $1 }
        case .registrationStatus(let name, let status, let logInLink):
            template = "registration-status"
            subject = "Your registration at \(portal)"
            // Only who may log in is shown where.
            let link = status == .approved ? logInLink : nil
            own = Self.letter(to: name, link: link).merging([status.rawValue: true]) { $1 }
        case .approved(let name, let logInLink):
            template = "approved"
            subject = "Welcome to \(portal): you are approved"
            own = Self.letter(to: name, link: logInLink)
        case .invited(let name, let link, let validMinutes):
            template = "invited"
            subject = "You are invited to \(portal)"
            own = Self.letter(to: name, link: link).merging(["validity": Self.validity(minutes: validMinutes)]) { $1 }
        case .resetPassword(let name, let link, let validMinutes):
            template = "reset-password"
            subject = "Reset your password for \(portal)"
            own = Self.letter(to: name, link: link).merging(["validity": Self.validity(minutes: validMinutes)]) { $1 }
        case .passwordChanged(let name, let forgotPasswordLink):
            template = "password-changed"
            subject = "Your password for \(portal) was changed"
            own = Self.letter(to: name, link: forgotPasswordLink)
        case .approvalRequested(let developer, let consoleLink):
            template = "approval-requested"
            subject = "A developer waits for approval at \(portal)"
            own = ["link": consoleLink.onOneLine].merging(Self.applicant(developer)) { $1 }
        }
        values = own.merging([
            "subject": subject, "portalName": portal, "portalLink": message.portalLink.onOneLine,
        ]) { $1 }
    }

    private static func letter(to name: String, link: String?) -> [String: any Sendable] {
        var values: [String: any Sendable] = [:]
        values["name"] = Salutation.name(name)
        values["link"] = link?.onOneLine
        return values
    }

    private static func applicant(_ developer: AccountMessage.Applicant?) -> [String: any Sendable] {
        guard let developer else { return [:] }
        return ["applicant": ["name": developer.name.onOneLine, "email": developer.email.onOneLine]]
    }

    /// "60 minutes", "24 hours"; what is less than a minute or an hour was rounded to zero before it came here.
    private static func validity(minutes: Int) -> String {
        switch minutes {
        case ..<1: "a short time"
        case 1: "1 minute"
        case 120... where minutes.isMultiple(of: 60): "\(minutes / 60) hours"
        default: "\(minutes) minutes"
        }
    }
}
