import Accounts
import Languages

/// A portal's own texts for one mail, with the mail's values in them; nil for each that is as usual.
struct CustomWording {
    let subject: String?
    let title: String?
    let paragraphs: [[String: any Sendable]]?
    let button: String?

    /// Nil where the portal has no text in the reader's language, or one that cannot be filled, as another version of the program
    /// may have left it.
    init?(_ message: AccountMessage, look: MailLook, phrases: MailPhrases, recipient: String) {
        guard let template = MailTemplateName(message.content),
            let text = message.trial ?? look.template?.texts[phrases.language], text.isSound(for: template)
        else { return nil }
        let values = Self.values(of: message, phrases: phrases, recipient: recipient)
        func filled(_ text: String?) -> String? {
            let filled = text.flatMap(MailTextPieces.init)?.filled(with: values)
            return filled?.allSatisfy(\.isWhitespace) == false ? filled : nil
        }
        subject = filled(text.subject)?.onOneLine
        title = filled(text.title)?.onOneLine
        paragraphs = filled(text.body).map(Self.paragraphs)
        button = filled(text.buttonLabel)?.onOneLine
    }

    private static func values(of message: AccountMessage, phrases: MailPhrases, recipient: String) -> [MailVariable: String] {
        let link = message.portalLink.onOneLine
        var values: [MailVariable: String] = [
            .portalDisplayName: message.portalName.onOneLine,
            .portalDomain: String(link.split(separator: "//", maxSplits: 1).last ?? ""),
            .developerEmail: recipient,
            // A name that is a message of its own stands in no greeting; the reader's own address does no harm.
            .developerFullName: message.content.readerName.flatMap(Salutation.name) ?? recipient,
        ]
        values[.linkValidity] = phrases.validity
        values[.developerStatus] = message.content.status?.rawValue
        return values
    }

    /// Each with its text for the plain form, and its lines for HTML.
    private static func paragraphs(_ body: String) -> [[String: any Sendable]] {
        let lines = body.replacing("\r\n", with: "\n").split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r" }
            .map { String($0).onOneLine }
        return lines.split(whereSeparator: \.isEmpty).map { paragraph in
            let lines = paragraph.enumerated().map { index, line in
                index == 0 ? ["line": line] : ["line": line, "break": "yes"]
            }
            return ["text": paragraph.joined(separator: "\n"), "lines": lines]
        }
    }
}

extension AccountMessage.Content {
    /// The developer's status, where the mail is about it.
    fileprivate var status: DeveloperStatus? {
        switch self {
        case .registrationStatus(_, let status, _): status
        case .approved: .approved
        case .verifyEmail, .invited, .invitedToSignOn, .resetPassword, .passwordChanged, .approvalRequested, .consolePassword,
            .consoleChanged:
            nil
        }
    }
}
