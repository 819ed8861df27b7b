import Accounts

/// Turns what a mail says into a message: words in the reader's language, then MIME.
struct MailRendering: Sendable {
    /// The node's: every mail's envelope has it, so that what comes back comes to the operator.
    let sender: Mailbox
    var domains = MailSenderDomains()

    /// - Parameter look: what the mail's portal chose.
    func render(_ mail: OutboxMail, look: MailLook = MailLook()) throws(RenderingError) -> RenderedMail {
        let recipient = try EnvelopeAddress(mail.recipient)
        let wording = MailWording(mail.message, look: look, recipient: mail.recipient.value)
        let letter = try Letter(wording)
        var fields = HeaderFields()
        fields.add("From", mailbox: try author(of: look))
        fields.add("To", recipient.value)
        if let replyTo = look.sender?.replyTo, domains.permit(replyTo) {
            fields.add("Reply-To", mailbox: try Mailbox(displayName: nil, address: replyTo))
        }
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

    /// The portal's sender where it has one. An address that the operator does not permit any more is the node's again.
    private func author(of look: MailLook) throws(RenderingError) -> Mailbox {
        guard let own = look.sender else { return sender }
        guard let address = own.address, domains.permit(address) else { return own.name.map(sender.named) ?? sender }
        return try Mailbox(displayName: own.name ?? sender.displayName, address: address)
    }
}
