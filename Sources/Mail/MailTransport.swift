/// Where mails go: a submission server, or a folder on a developer's machine.
public protocol MailTransport: Sendable {
    /// Hands over one mail. When it returns, the mail is the other side's to keep.
    ///
    /// Safe to call several times at once.
    ///
    /// - Throws: ``DeliveryFailure``.
    func deliver(_ mail: RenderedMail) async throws(DeliveryFailure)

    /// Ends connections that are kept for the next mail; called when no more mails will follow.
    func finish() async
}

extension MailTransport {
    public func finish() async {}
}
