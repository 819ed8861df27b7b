import Accounts
import Languages

extension FormField {
    /// The error as a sentence that can stand alone.
    func sentence(about error: FieldError, in book: Phrasebook) -> String {
        let about = ["field": label(in: book)]
        let naming = { (limit: Int) in about.merging(["limit": book.number(limit)]) { kept, _ in kept } }
        switch (error.rule, error.cause) {
        case (.required, _): return request(in: book)
        case (.minimumLength(let limit), _): return book.text("portal.fieldErrors.tooShort", naming(limit))
        case (.maximumLength(let limit), _): return book.text("portal.fieldErrors.tooLong", naming(limit))
        case (_, .controlCharacters): return book.text("portal.fieldErrors.controlCharacters", about)
        case (_, .mostUsedPassword): return book.text("portal.fieldErrors.mostUsed", about)
        case (_, .nameOrAddressAsPassword): return book.text("portal.fieldErrors.personal", about)
        case (_, .wrongPassword): return book.text("portal.fieldErrors.wrong", about)
        default: return self == .email ? book["portal.fieldErrors.noAddress"] : book.text("portal.fieldErrors.invalid", about)
        }
    }

    /// What asks for the field where nothing was typed.
    private func request(in book: Phrasebook) -> String {
        switch self {
        case .fullName: book["portal.fieldErrors.enterFullName"]
        case .email: book["portal.fieldErrors.enterEmail"]
        case .password: book["portal.fieldErrors.enterPassword"]
        case .currentPassword: book["portal.fieldErrors.enterCurrentPassword"]
        case .newPassword: book["portal.fieldErrors.enterNewPassword"]
        }
    }
}
