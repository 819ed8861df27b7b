import Accounts

/// Turns what a mail says into a message: words in the reader's language, then MIME.
struct MailRendering: Sendable {
    let sender: Mailbox

    /// - Parameter look: what the mail's portal chose.
    func render(_ mail: OutboxMail, look: MailLook = MailLook()) throws(RenderingError) -> RenderedMail {
        let recipient = try EnvelopeAddress(mail.recipient)
        let wording = MailWording(mail.message, look: look, recipient: mail.recipient.value)
        let letter = try Letter(wording)
        var fields = HeaderFields()
        fields.add("From", mailbox: sender)
        fields.add("To", recipient.value)
        fields.add("Subject", text: letter.subject)
        fields.add("Date", MailDate.text(mail.createdAt))
        fields.add("Message-ID", "<\(mail.id)@\(sender.address.domain)>")
        fields.add("Auto-Submitted", "auto-generated")
        fields.add("MIME-Version", "1.0")
        fields.add("Content-Language", wording.language.tag)
        let body = AlternativeParts(plain: letter.text, html: letter.html, id: mail.id)
        fields.add("Content-Type", body.contentType)
        return RenderedMail(
            id: mail.id, createdAt: mail.createdAt, content: Array((fields.text + "\r\n" + body.text).utf8),
            sender: sender.address, recipient: recipient)
    }
}
