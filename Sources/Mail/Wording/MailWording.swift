import Accounts
import Languages

/// What one mail says in its reader's language: its subject, and the values that stand in the layout.
///
/// A portal's own texts come before the usual ones. Every value that comes from somebody else is on one line.
struct MailWording {
    let language: Language
    let subject: String
    let values: [String: any Sendable]

    /// - Parameters:
    ///   - look: what the portal chose.
    ///   - recipient: the reader's address.
    init(_ message: AccountMessage, look: MailLook = MailLook(), recipient: String = "") {
        let phrases = MailPhrases(of: message)
        let custom = CustomWording(message, look: look, phrases: phrases, recipient: recipient.onOneLine)
        var values: [String: any Sendable] = [:]
        language = phrases.language
        subject = custom?.subject ?? phrases["subject"]
        values["language"] = language.tag
        values["subject"] = subject
        values["portalName"] = message.portalName.onOneLine
        values["portalLink"] = message.portalLink.onOneLine
        values["greeting"] = custom?.paragraphs == nil ? phrases.greeting : nil
        values["heading"] = custom?.title ?? phrases["heading"]
        values["paragraphs"] = custom?.paragraphs ?? phrases.paragraphs
        values["applicant"] = message.content.applicant.map { ["name": $0.name.onOneLine, "email": $0.email.onOneLine] }
        values["link"] = message.content.link?.onOneLine
        let button = custom?.button ?? phrases["button"]
        values["button"] = button
        values["action"] = phrases.action(button)
        values["buttonFails"] = phrases.buttonFails
        values["note"] = custom?.paragraphs == nil && message.content.hasNote ? phrases["note"] : nil
        values["reason"] = phrases["reason"]
        self.values = values.merging(MailColors(look.accent).values) { $1 }
    }
}
