/// How one attempt to deliver a mail ended.
enum DeliveryOutcome: Equatable, Sendable {
    case delivered
    /// The portal does without such mails.
    case withheld
    /// Somebody took it out of the queue before it was sent.
    case withdrawn
    /// The mail cannot become a message.
    case unrenderable(RenderingError)
    case failed(DeliveryFailure)
    /// The node stops; the mail is as due as it was.
    case abandoned
}
