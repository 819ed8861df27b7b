import Languages

/// Why an account flow refused what was asked. Nothing was changed.
///
/// One place turns these into HTTP problems (`HTTPConventions`), one into a page's messages (`PortalPages`).
public enum AccountError: Error, Equatable, Sendable {
    /// Fields of the input that are wrong, in the order of the form; at least one.
    case invalidFields([FieldError])
    /// No such one-time token here.
    case unknownToken
    /// The one-time token was used or replaced already.
    case usedToken
    /// The one-time token's time is over.
    case expiredToken
    /// The one answer for a wrong address, a wrong password, and an account that may not log in.
    case invalidCredentials
    /// No session, or one that has ended.
    case notAuthenticated
    /// No portal, developer or API by this id.
    case notFound(String)
    /// What was asked collides with what is there; the text says how.
    case conflict(String)
    /// The developer's status does not allow this step.
    case invalidTransition(from: DeveloperStatus, to: DeveloperStatus)
    /// The portal does not let developers have accounts.
    case authenticationDisabled
    /// Developers of the portal log in through an identity provider only.
    case passwordsDisabled
    /// Too much work is queued; try again after so many seconds.
    case busy(retryAfterSeconds: Int)
    /// Too many wrong passwords for this address or from this client, or too many links or tests by mail; try again after so many
    /// seconds.
    case throttled(retryAfterSeconds: Int)
    /// The admin's role does not allow it; the text says what would.
    case forbidden(String)

    /// One wrong field.
    public static func invalidField(_ error: FieldError) -> AccountError { .invalidFields([error]) }
}

/// One field of an input that is wrong, by the names and rules of the contracts (`InvalidParameters`).
public struct FieldError: Error, Equatable, Hashable, Sendable {
    public enum Rule: Equatable, Hashable, Sendable {
        case required
        case invalid
        case unknownProperty
        case isString, isBoolean, isNumber, isObject, isArray, isUUID
        case minimumLength(Int)
        case maximumLength(Int)
        case minimum(Int)
        case maximum(Int)
        case choices([String])
    }

    public let field: String
    public let rule: Rule
    /// A phrase that follows the field's name: "must have at least 8 characters".
    public var reason: String { wording.description }
    /// The same for those who say it in another language.
    public let wording: Wording
    /// What is behind ``Rule/invalid``, for those who say it in other words than ``reason``.
    public let cause: Cause?

    public init(field: String, rule: Rule, reason wording: Wording, cause: Cause? = nil) {
        self.field = field
        self.rule = rule
        self.wording = wording
        self.cause = cause
    }

    public static func required(_ field: String) -> FieldError {
        FieldError(field: field, rule: .required, reason: "is required")
    }

    public static func invalid(_ field: String, _ reason: Wording) -> FieldError {
        FieldError(field: field, rule: .invalid, reason: reason)
    }

    public static func tooLong(_ field: String, maximum: Int) -> FieldError {
        FieldError(field: field, rule: .maximumLength(maximum), reason: "must have at most \(maximum) characters")
    }

    /// What is wrong with a text that has to fit on one line of at most so many characters.
    static func ofLine(_ text: String, _ field: String, maximum: Int) -> [FieldError] {
        if text.allSatisfy(\.isWhitespace) { return [.tooShort(field, minimum: 1)] }
        if text.unicodeScalars.count > maximum { return [.tooLong(field, maximum: maximum)] }
        let isLine = text.unicodeScalars.allSatisfy(FullName.isAllowed)
        return isLine ? [] : [.invalid(field, "must not have line breaks or other control characters")]
    }

    /// What is wrong with a text of several lines of at most so many characters.
    static func ofText(_ text: String, _ field: String, maximum: Int) -> [FieldError] {
        if text.unicodeScalars.count > maximum { return [.tooLong(field, maximum: maximum)] }
        let isText = text.unicodeScalars.allSatisfy { FullName.isAllowed($0) || ["\n", "\r", "\t"].contains($0) }
        return isText ? [] : [.invalid(field, "must not have control characters")]
    }

    public static func tooShort(_ field: String, minimum: Int) -> FieldError {
        FieldError(
            field: field, rule: .minimumLength(minimum),
            reason: minimum == 1 ? "must not be empty" : "must have at least \(minimum) characters")
    }
}
