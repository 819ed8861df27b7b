import Accounts
import HTTPConventions
import Languages

/// The contract's `EmailTemplate`.
struct WireMailTemplate: Encodable {
    let name: String
    let label: String
    let language: String
    let defaultContent: WireMailText
    @Nullable var content: WireMailText?
    let variables: [String]
    let enabled: Bool
    let createdAt: String
    let updatedAt: String

    /// - Parameter custom: nil where everything is as usual, since the portal was made.
    init(_ name: MailTemplateName, custom: CustomMailTemplate?, usual: MailText, in language: Language, at portal: Portal) {
        self.name = name.rawValue
        label = name.label
        self.language = language.tag
        defaultContent = WireMailText(usual)
        content = custom?.texts[language].map(WireMailText.init)
        variables = name.variables.map(\.rawValue)
        enabled = custom?.isEnabled ?? true
        createdAt = (custom?.createdAt ?? portal.createdAt).wire
        updatedAt = (custom?.updatedAt ?? portal.createdAt).wire
    }
}

/// The contract's `DefaultEmailTemplate`.
struct WireDefaultTemplate: Encodable {
    let name: String
    let label: String
    let defaultContent: WireMailText
    let variables: [String]

    init(_ name: MailTemplateName, _ usual: MailText) {
        self.name = name.rawValue
        label = name.label
        defaultContent = WireMailText(usual)
        variables = name.variables.map(\.rawValue)
    }
}

/// The contract's `EmailTemplateContent`.
struct WireMailText: Encodable {
    @Nullable var subject: String?
    @Nullable var title: String?
    @Nullable var body: String?
    @Nullable var buttonLabel: String?

    init(_ text: MailText) {
        subject = text.subject
        title = text.title
        body = text.body
        buttonLabel = text.buttonLabel
    }
}

/// The contract's `EmailTemplateVariable`.
struct WireMailVariable: Encodable {
    let name: String
    let description: String
    let scope: [String]
    let example: String

    init(_ variable: MailVariable) {
        name = variable.rawValue
        scope = variable.scope.map(\.rawValue)
        switch variable {
        case .portalDisplayName: (description, example) = ("The name of the portal", "Acme Developers")
        case .portalDomain: (description, example) = ("The host of the portal", "acme.eu.portal.example.com")
        case .developerEmail: (description, example) = ("The address of the reader", "jane@example.com")
        case .developerFullName:
            (description, example) = ("The name of the reader; the address where the name looks like a message", "Jane Doe")
        case .developerStatus: (description, example) = ("The status of the reader, in English", "approved")
        case .linkValidity: (description, example) = ("How long the link of the mail works", "24 hours")
        }
    }
}

struct WirePreview: Encodable {
    let subject: String
    let text: String
    let html: String

    init(_ preview: MailPreview) {
        subject = preview.subject
        text = preview.text
        html = preview.html
    }
}

/// A list that is always whole.
struct WireList<Element: Encodable>: Encodable {
    let data: [Element]
}

extension MailTemplateName {
    /// What the mail is for, in the words of the API.
    var label: String {
        switch self {
        case .confirmEmailAddress: "Confirm the developer's email address"
        case .resetPassword: "Reset the developer's password"
        case .accountAccessApproved: "Inform the developer that access was approved"
        case .accountAccessRejected: "Inform a developer who registers again that access was rejected"
        case .accountAccessRevoked: "Inform a developer who registers again that access was revoked"
        case .developerInvitation: "Invite the developer to choose a password"
        case .registrationPending: "Inform a developer who registers again that the registration waits"
        case .registrationApproved: "Inform a developer who registers again that the registration is approved"
        case .passwordChanged: "Inform the developer that the password was changed"
        case .approvalRequested: "Inform admins that a developer waits for approval"
        }
    }
}
