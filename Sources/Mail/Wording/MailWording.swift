import Accounts
import Languages

/// What one mail says in its reader's language: its subject, and the values that stand in the layout.
///
/// Every value is on one line, whoever chose it.
struct MailWording {
    let language: Language
    let subject: String
    let values: [String: any Sendable]

    init(_ message: AccountMessage) {
        let phrases = MailPhrases(of: message)
        var values: [String: any Sendable] = [:]
        language = phrases.language
        subject = phrases["subject"]
        values["language"] = language.tag
        values["subject"] = subject
        values["portalName"] = message.portalName.onOneLine
        values["portalLink"] = message.portalLink.onOneLine
        values["greeting"] = phrases.greeting
        values["heading"] = phrases["heading"]
        values["paragraphs"] = phrases.paragraphs
        values["applicant"] = message.content.applicant.map { ["name": $0.name.onOneLine, "email": $0.email.onOneLine] }
        values["link"] = message.content.link?.onOneLine
        values["button"] = phrases["button"]
        values["action"] = phrases.action
        values["buttonFails"] = phrases.buttonFails
        values["note"] = message.content.hasNote ? phrases["note"] : nil
        values["validity"] = phrases.validity
        values["reason"] = phrases["reason"]
        self.values = values
    }
}
