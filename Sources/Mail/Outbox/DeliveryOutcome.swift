/// How one attempt to deliver a mail ended.
enum DeliveryOutcome: Equatable, Sendable {
    case delivered
    /// The mail cannot become a message.
    case unrenderable(RenderingError)
    case failed(DeliveryFailure)
    /// The node stops; the mail is as due as it was.
    case abandoned
}
