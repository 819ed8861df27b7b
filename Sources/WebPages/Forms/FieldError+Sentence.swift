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
        case (.maximumLength(let limit), _): return book.text("common.fieldErrors.tooLong", naming(limit))
        case (_, .noEmailAddress), (_, .tooManyBytes): return book["common.fieldErrors.noAddress"]
        case (_, .controlCharacters): return book.text("common.fieldErrors.controlCharacters", about)
        case (_, .mostUsedPassword): return book.text("common.fieldErrors.mostUsed", about)
        case (_, .nameOrAddressAsPassword): return book.text("common.fieldErrors.personal", about)
        case (_, .wrongPassword): return book.text("common.fieldErrors.wrong", about)
        default: return book.text("common.fieldErrors.invalid", about)
        }
    }
}
