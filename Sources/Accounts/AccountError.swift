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
    /// Too much work is queued; try again after so many seconds.
    case busy(retryAfterSeconds: Int)

    /// One wrong field.
    public static func invalidField(_ error: FieldError) -> AccountError { .invalidFields([error]) }
}

/// One field of an input that is wrong, by the names and rules of the contracts (`InvalidParameters`).
public struct FieldError: Error, Equatable, Hashable, Sendable {
    public enum Rule: Equatable, Hashable, Sendable {
        case required
        case invalid
        case unknownProperty
        case isString, isBoolean, isInteger, isNumber, isObject, isUUID
        case minimumLength(Int)
        case maximumLength(Int)
        case minimum(Int)
        case maximum(Int)
        case choices([String])
    }

    public let field: String
    public let rule: Rule
    /// A phrase that follows the field's name: "must have at least 8 characters".
    public let reason: String

    public init(field: String, rule: Rule, reason: String) {
        self.field = field
        self.rule = rule
        self.reason = reason
    }

    public static func required(_ field: String) -> FieldError {
        FieldError(field: field, rule: .required, reason: "is required")
    }

    public static func invalid(_ field: String, _ reason: String) -> FieldError {
        FieldError(field: field, rule: .invalid, reason: reason)
    }

    public static func tooLong(_ field: String, maximum: Int) -> FieldError {
        FieldError(field: field, rule: .maximumLength(maximum), reason: "must have at most \(maximum) characters")
    }

    public static func tooShort(_ field: String, minimum: Int) -> FieldError {
        FieldError(field: field, rule: .minimumLength(minimum), reason: "must have at least \(minimum) characters")
    }
}
