import Languages

/// What the forms of the queue can ask for.
enum MailStep: String {
    case retry, discard
    case retryAll = "retry-all"

    /// The step that a form asks for.
    ///
    /// - Throws: ``ConsoleRefusal/unknownStep``.
    init(asked word: String) throws {
        guard let step = MailStep(rawValue: word) else { throw ConsoleRefusal.unknownStep }
        self = step
    }

    /// That it was done.
    func result(_ count: Int, in book: Phrasebook) -> String {
        switch self {
        case .retry: book["console.mails.retried"]
        case .discard: book["console.mails.discarded"]
        case .retryAll: book.text("console.mails.allRetried", count: count)
        }
    }
}
