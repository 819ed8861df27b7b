import Accounts
import Languages

extension FieldError {
    /// The error as a sentence that can stand alone: why the field was refused, and what to do.
    ///
    /// - Parameters:
    ///   - label: of the field.
    ///   - request: what asks for the field where nothing was typed; nil for the usual words.
    public func sentence(about label: String, asking request: String? = nil, in book: Phrasebook) -> String {
        let about = ["field": label]
        let naming = { (limit: Int) in about.merging(["limit": book.number(limit)]) { kept, _ in kept } }
        switch (rule, cause) {
        case (.required, _), (.minimumLength(1), _): return request ?? book.text("common.fieldErrors.missing", about)
        case (.minimumLength(let limit), _): return book.text("common.fieldErrors.tooShort", naming(limit))
        case (_, .tooManyBytes(let limit)): return book.text("common.fieldErrors.tooManyBytes", naming(limit))
        case (_, .documentTooLarge): return because(about, in: book)
        case (.maximumLength(let limit), _): return book.text("common.fieldErrors.tooLong", naming(limit))
        case (_, .noEmailAddress): return book["common.fieldErrors.noAddress"]
        case (_, .domainNotPermitted): return book.text("common.fieldErrors.domain", about)
        case (_, .nameLikeAddress): return book.text("common.fieldErrors.nameLikeAddress", about)
        default: return because(about, in: book)
        }
    }

    private func because(_ about: [String: String], in book: Phrasebook) -> String {
        // A reason that this language has no words for would be English: better none.
        guard let reason = book.translation(of: wording) else { return book.text("common.fieldErrors.invalid", about) }
        return book.text("common.fieldErrors.because", about.merging(["reason": reason]) { kept, _ in kept })
    }
}
