/// How far a mail of the outbox has come. One that was delivered is in the queue no more.
public enum MailStage: String, Hashable, Sendable, CaseIterable {
    /// Not tried yet, or to be tried anew.
    case waiting
    /// Tried without success; it is tried again by itself.
    case failing
    /// Given up or refused for good; it is not tried again by itself.
    case deadLetter = "dead_letter"
}
