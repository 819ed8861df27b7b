import Accounts
import Languages

/// The usual texts of account mails, and how a mail would look.
public struct AccountMailWriter: MailWriter {
    public init() {}

    /// The paragraphs of a mail, its greeting before them and its note behind them, with variables where values will stand.
    public func usualText(of template: MailTemplateName, in language: Language) -> MailText {
        let content = template.sample(link: "")
        let phrases = MailPhrases(of: content, in: language)
        var body = [phrases.greeting]
        body += phrases.paragraphs.map { [$0["lead"], $0["gap"], $0["text"]].compactMap(\.self).joined() }
        if content.hasNote { body.append(phrases["note"]) }
        return MailText(
            subject: phrases["subject"], title: phrases["heading"], body: body.joined(separator: "\n\n"),
            buttonLabel: phrases["button"])
    }

    public func preview(_ mail: OutboxMail, look: MailLook) throws -> MailPreview {
        let letter = try Letter(MailWording(mail.message, look: look, recipient: mail.recipient.value))
        return MailPreview(subject: letter.subject, text: letter.text, html: letter.html)
    }
}
