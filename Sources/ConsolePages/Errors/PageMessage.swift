import Accounts
import HTTPConventions
import HTTPTypes
import Languages
import Logging

/// What a page tells an admin about an error: the one place where errors become words.
///
/// It never repeats what the request held.
struct PageMessage: Sendable {
    let status: HTTPResponse.Status
    let title: String
    var text: String?
    /// What is wrong with fields, by their names.
    var fields: [String: FieldError] = [:]
    /// All of it, where one field can have several errors.
    private var errors: [FieldError] = []
    /// Further header fields, such as `Retry-After`.
    var headers: HTTPFields = [:]
    /// Whether the admin can mend it in the form, or by sending it again.
    var isMendable = false

    private init(
        _ status: HTTPResponse.Status, _ phrase: String, in book: Phrasebook, headers: HTTPFields = [:], isMendable: Bool = false
    ) {
        self.status = status
        title = book["\(phrase).title"]
        text = book["\(phrase).text"]
        self.headers = headers
        self.isMendable = isMendable
    }

    /// Of any error; one that nobody foresaw is logged by its type.
    init(answering error: any Error, in book: Phrasebook, requestID: String, logger: Logger) {
        if error is ConsoleRefusal {
            self.init(.forbidden, "console.errors.stale", in: book)
            return
        }
        if let error = error as? AccountError, [.unknownToken, .usedToken, .expiredToken].contains(error) {
            self.init(Problem(error).status, "console.errors.deadLink", in: book)
            return
        }
        self.init(Problem(answering: error, requestID: requestID, logger: logger), error, in: book)
    }

    /// Of an error after which the form is worth showing again; nil for others.
    init?(mending error: any Error, in book: Phrasebook, requestID: String, logger: Logger) {
        guard let problem = Problem(foreseen: error) else { return nil }
        self.init(problem, error, in: book)
        guard isMendable else { return nil }
        problem.noteRefusal(requestID: requestID, logger: logger)
    }

    private init(_ problem: Problem, _ error: any Error, in book: Phrasebook) {
        let usual = Self.phrase(for: problem.status)
        let isWrong = (error as? AccountError) == .invalidCredentials
        let phrase = isWrong ? "console.errors.credentials" : usual.name
        let isMendable = isWrong || usual.isMendable
        self.init(problem.status, phrase, in: book, headers: problem.headers, isMendable: isMendable)
        guard case AccountError.invalidFields(let errors) = error else { return }
        fields = Dictionary(errors.map { ($0.field, $0) }) { first, _ in first }
        self.errors = errors
    }

    /// What is wrong with a document, place by place: what was expected there and what was found, in the words of its reader.
    func reasons(for field: String, in book: Phrasebook) -> [String] {
        errors.filter { $0.field == field }.map { error in
            error.rule == .invalid ? error.reason : error.sentence(about: book["console.catalog.file"], in: book)
        }
    }

    private static func phrase(for status: HTTPResponse.Status) -> (name: String, isMendable: Bool) {
        switch status {
        case .unauthorized: ("console.errors.logIn", false)
        case .forbidden: ("console.errors.forbidden", false)
        case .notFound: ("console.errors.missing", false)
        case .methodNotAllowed: ("console.errors.method", false)
        case .conflict: ("console.errors.conflict", true)
        case .contentTooLarge: ("console.errors.tooLong", false)
        case .badRequest: ("console.errors.fields", true)
        case .unsupportedMediaType: ("console.errors.unreadable", false)
        case .tooManyRequests: ("console.errors.throttled", true)
        case .serviceUnavailable: ("console.errors.busy", true)
        default: ("console.errors.unforeseen", false)
        }
    }
}
