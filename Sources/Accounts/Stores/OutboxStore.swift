/// The queue of mails that were promised and are not yet delivered.
///
/// A mail enters it in the same atomic step as the change that it tells of (``AccountChange/mails``), so neither exists
/// without the other. It leaves it when a transport took it; then its text is erased.
public protocol OutboxStore: Sendable {
    /// Mails whose time has come, oldest first.
    func dueMails(at now: Timestamp, limit: Int) async throws -> [OutboxMail]

    /// Whether a mail still waits for its delivery: nobody has delivered, failed, discarded or deleted it.
    func mailWaits(_ id: MailID) async throws -> Bool

    /// When the next mail is due; nil where the queue is empty.
    func nextMailDue() async throws -> Timestamp?

    /// The clock was set back, or may have been: mails that wait for a time that it told while it was ahead are due now.
    ///
    /// - Parameter latest: the latest moment for which a mail may wait that was tried. One that was not tried waits for none.
    func recallMails(dueAfter latest: Timestamp, at now: Timestamp) async throws

    /// The transport took the mail: its address and text are erased.
    func mailDelivered(_ id: MailID, at now: Timestamp) async throws

    /// The mail waits until its next attempt.
    ///
    /// - Parameter problem: what went wrong, without the address and the text of the mail.
    func mailDelayed(_ id: MailID, until next: Timestamp, problem: String) async throws

    /// The mail will not be tried again by itself; admins see it among the dead letters.
    func mailFailed(_ id: MailID, at now: Timestamp, problem: String) async throws

    /// A signal after each commit that added mail; several may become one.
    func mailArrivals() -> AsyncStream<Void>

    /// A signal after each commit by which somebody had mail tried now (``MailQueueStore``); several may become one.
    func mailRetries() -> AsyncStream<Void>
}
