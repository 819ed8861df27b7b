import Languages

extension FieldError {
    /// Why a field that people type is invalid, for pages that speak other languages than the API.
    public enum Cause: Equatable, Hashable, Sendable {
        case noEmailAddress
        case tooManyBytes(maximum: Int)
        case controlCharacters
        case mostUsedPassword
        case nameOrAddressAsPassword
        case wrongPassword

        /// The phrase that follows the field's name.
        var reason: Wording {
            switch self {
            case .noEmailAddress: "must be an e-mail address such as jane@example.com"
            case .tooManyBytes(let maximum): "must have at most \(maximum) bytes in UTF-8"
            case .controlCharacters: "must not have line breaks or other control characters"
            case .mostUsedPassword: "is one of the most used passwords; choose another"
            case .nameOrAddressAsPassword: "must not be your e-mail address or your name"
            case .wrongPassword: "is wrong"
            }
        }
    }

    public static func invalid(_ field: String, because cause: Cause) -> FieldError {
        FieldError(field: field, rule: .invalid, reason: cause.reason, cause: cause)
    }
}
