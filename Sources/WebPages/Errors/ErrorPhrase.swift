import HTTPConventions
import HTTPTypes

/// What pages have words for, whatever kind of pages they are: each has a `title` and a `text` under its name.
public enum ErrorPhrase: String, CaseIterable, Sendable {
    case logIn, forbidden, missing, method, conflict, tooLong, fields, unreadable, throttled, busy, unforeseen

    public init(for problem: Problem) {
        self =
            switch problem.status {
            case .unauthorized: .logIn
            case .forbidden: .forbidden
            case .notFound: .missing
            case .methodNotAllowed: .method
            case .conflict: .conflict
            case .contentTooLarge: .tooLong
            case .badRequest: problem.invalidParameters.isEmpty ? .unreadable : .fields
            case .unsupportedMediaType: .unreadable
            case .tooManyRequests: .throttled
            case .serviceUnavailable: .busy
            default: .unforeseen
            }
    }

    /// Whether the person can mend it in the form, or by sending it again.
    public var isMendable: Bool {
        switch self {
        case .conflict, .fields, .throttled, .busy: true
        case .logIn, .forbidden, .missing, .method, .tooLong, .unreadable, .unforeseen: false
        }
    }
}
