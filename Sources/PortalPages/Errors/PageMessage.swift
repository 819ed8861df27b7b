import Accounts
import HTTPConventions
import HTTPTypes
import Languages
import Logging

/// What a page tells people about an error: the one place where errors become their words.
///
/// It never repeats what the request held.
struct PageMessage: Sendable {
    let status: HTTPResponse.Status
    let title: String
    /// What happened and what to do; nil where ``fields`` say it.
    let text: String?
    /// What is wrong with a field, as a sentence.
    var fields: [FormField: String] = [:]
    /// Further header fields, such as `Retry-After`.
    var headers: HTTPFields = [:]
    /// Whether the person can mend it in the form, or by sending it again.
    var isMendable = false
    /// Pages that lead on.
    var ways: [Way] = []

    /// A link out of an error.
    struct Way: Sendable {
        let path: String
        let label: String
    }

    /// The form was not made by these pages for this browser, or too long ago.
    static func submitAgain(in book: Phrasebook) -> PageMessage {
        PageMessage(
            status: .forbidden, title: book["portal.errors.submitAgain"], text: book["portal.errors.submitAgainText"],
            isMendable: true)
    }

    /// Of any error; one that nobody foresaw is logged by its type.
    init(answering error: any Error, in book: Phrasebook, requestID: String, logger: Logger) {
        let problem = Problem(answering: error, requestID: requestID, logger: logger)
        switch error {
        case let error as AccountError: self.init(error, in: book)
        case let error as SignOnError: self.init(error, status: problem.status, in: book)
        default: self.init(problem, in: book)
        }
    }

    /// Of an error after which the form is worth showing again; nil for others.
    init?(mending error: any Error, in book: Phrasebook, requestID: String, logger: Logger) {
        guard let problem = Problem(foreseen: error) else { return nil }
        if let error = error as? AccountError { self.init(error, in: book) } else { self.init(problem, in: book) }
        guard isMendable else { return nil }
        problem.noteRefusal(requestID: requestID, logger: logger)
    }

    init(
        status: HTTPResponse.Status, title: String, text: String?, fields: [FormField: String] = [:], headers: HTTPFields = [:],
        isMendable: Bool = false, ways: [Way] = []
    ) {
        self.status = status
        self.title = title
        self.text = text
        self.fields = fields
        self.headers = headers
        self.isMendable = isMendable
        self.ways = ways
    }
}

extension PageMessage {
    private init(_ error: AccountError, in book: Phrasebook) {
        switch error {
        case .invalidFields(let errors): self.init(errors, in: book)
        case .unknownToken: self = .deadLink(.notFound, book["portal.errors.unknownLink"], in: book)
        case .usedToken: self = .deadLink(.gone, book["portal.errors.usedLink"], in: book)
        case .expiredToken: self = .deadLink(.gone, book["portal.errors.expiredLink"], in: book)
        case .invalidCredentials:
            self.init(
                status: .unauthorized, title: book["portal.errors.invalidCredentials"],
                text: book["portal.errors.invalidCredentialsText"], isMendable: true)
        case .authenticationDisabled:
            self.init(
                status: .forbidden, title: book["portal.errors.noAccounts"], text: book["portal.errors.noAccountsText"],
                ways: [.catalog(in: book)])
        case .passwordsDisabled:
            self.init(
                status: .forbidden, title: book["portal.signOn.noPasswords"], text: book["portal.signOn.noPasswordsText"],
                ways: [.signOn(in: book), .catalog(in: book)])
        case .busy(let seconds): self = .tryLater(seconds, in: book)
        case .throttled(let seconds): self = .slowDown(seconds, in: book)
        default: self.init(Problem(error), in: book)
        }
    }

    private init(_ errors: [FieldError], in book: Phrasebook) {
        var fields: [FormField: String] = [:]
        for error in errors {
            guard let field = FormField(rawValue: error.field) else {
                // No form lets people type the token; so a wrong one is a wrong link.
                self = .deadLink(.notFound, book["portal.errors.incompleteLink"], in: book)
                return
            }
            fields[field] = field.sentence(about: error, in: book)
        }
        self.init(status: .badRequest, title: book["portal.errors.fields"], text: nil, fields: fields, isMendable: true)
    }

    private init(_ problem: Problem, in book: Phrasebook) {
        let (title, text) = Self.words(for: problem.status, in: book)
        let isBusy = problem.status == .serviceUnavailable
        self.init(
            status: problem.status, title: title, text: text, headers: problem.headers, isMendable: isBusy,
            ways: problem.status == .unauthorized ? [.logIn(in: book)] : [.catalog(in: book)])
    }

    private static func words(for status: HTTPResponse.Status, in book: Phrasebook) -> (title: String, text: String) {
        switch status {
        case .unauthorized: (book["portal.errors.logIn"], book["portal.errors.logInText"])
        case .forbidden: (book["portal.errors.elsewhere"], book["portal.errors.elsewhereText"])
        case .notFound: (book["portal.errors.missing"], book["portal.errors.missingText"])
        case .methodNotAllowed: (book["portal.errors.method"], book["portal.errors.methodText"])
        case .contentTooLarge: (book["portal.errors.tooLong"], book["portal.errors.tooLongText"])
        case .unsupportedMediaType, .badRequest: (book["portal.errors.unreadable"], book["portal.errors.unreadableText"])
        case .serviceUnavailable: (book["portal.errors.busy"], book["portal.errors.busyText"])
        default: (book["portal.errors.unforeseen"], book["portal.errors.unforeseenText"])
        }
    }

    private static func tryLater(_ seconds: Int, in book: Phrasebook) -> PageMessage {
        PageMessage(
            status: .serviceUnavailable, title: book["portal.errors.busy"],
            text: book.text("portal.errors.queueText", ["wait": book.text("portal.errors.seconds", count: seconds)]),
            headers: [.retryAfter: String(seconds)], isMendable: true, ways: [.catalog(in: book)])
    }

    private static func slowDown(_ seconds: Int, in book: Phrasebook) -> PageMessage {
        let wait =
            seconds < 120
            ? book.text("portal.errors.seconds", count: seconds)
            : book.text("portal.errors.minutes", count: (seconds + 59) / 60)
        return PageMessage(
            status: .tooManyRequests, title: book["portal.errors.throttled"],
            text: book.text("portal.errors.throttledText", ["wait": wait]), headers: [.retryAfter: String(seconds)],
            isMendable: true, ways: [.forgotPassword(in: book)])
    }

    private static func deadLink(_ status: HTTPResponse.Status, _ reason: String, in book: Phrasebook) -> PageMessage {
        PageMessage(
            status: status, title: book["portal.errors.deadLink"],
            text: book.text("portal.errors.deadLinkText", ["reason": reason]),
            ways: [.register(in: book), .forgotPassword(in: book)])
    }
}

extension PageMessage.Way {
    static func catalog(in book: Phrasebook) -> Self { Self(path: "/", label: book["portal.ways.catalog"]) }

    static func logIn(in book: Phrasebook) -> Self { Self(path: "/login", label: book["portal.ways.logIn"]) }

    static func register(in book: Phrasebook) -> Self { Self(path: "/register", label: book["portal.ways.register"]) }

    static func forgotPassword(in book: Phrasebook) -> Self {
        Self(path: "/forgot-password", label: book["portal.ways.forgotPassword"])
    }
}
