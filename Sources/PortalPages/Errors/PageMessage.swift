import Accounts
import HTTPConventions
import HTTPTypes
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
    static let submitAgain = PageMessage(
        status: .forbidden, title: "Please submit again",
        text:
            "This page was open for a long time, or your browser keeps no cookies. Nothing was changed; press the button "
            + "once more.",
        isMendable: true)

    /// Of any error; one that nobody foresaw is logged by its type.
    init(answering error: any Error, requestID: String, logger: Logger) {
        let problem = Problem(answering: error, requestID: requestID, logger: logger)
        if let error = error as? AccountError { self.init(error) } else { self.init(problem) }
    }

    /// Of an error after which the form is worth showing again; nil for others.
    init?(mending error: any Error, requestID: String, logger: Logger) {
        guard let problem = Problem(foreseen: error) else { return nil }
        if let error = error as? AccountError { self.init(error) } else { self.init(problem) }
        guard isMendable else { return nil }
        problem.noteRefusal(requestID: requestID, logger: logger)
    }

    private init(
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
    private init(_ error: AccountError) {
        switch error {
        case .invalidFields(let errors): self.init(errors)
        case .unknownToken: self = .deadLink(.notFound, "We do not know this link. Copy it whole from the newest mail.")
        case .usedToken: self = .deadLink(.gone, "This link was used already, or a newer mail has replaced it.")
        case .expiredToken: self = .deadLink(.gone, "The time of this link is over.")
        case .invalidCredentials:
            self.init(
                status: .unauthorized, title: "We could not log you in",
                text: "Address and password do not go together, or the account may not log in yet.", isMendable: true)
        case .authenticationDisabled:
            self.init(
                status: .forbidden, title: "This portal has no accounts",
                text: "Signing up and logging in are switched off here.", ways: [.catalog])
        case .busy(let seconds): self = .tryLater(seconds)
        case .throttled(let seconds): self = .slowDown(seconds)
        case .forbidden, .notAuthenticated, .notFound, .conflict, .invalidTransition: self.init(Problem(error))
        }
    }

    private init(_ errors: [FieldError]) {
        var fields: [FormField: String] = [:]
        for error in errors {
            guard let field = FormField(rawValue: error.field) else {
                // No form lets people type the token; so a wrong one is a wrong link.
                self = .deadLink(.notFound, "This link is not complete. Copy it whole from the newest mail.")
                return
            }
            fields[field] = field.sentence(about: error)
        }
        self.init(status: .badRequest, title: "There is a problem", text: nil, fields: fields, isMendable: true)
    }

    private init(_ problem: Problem) {
        let (title, text) = Self.words(for: problem.status)
        let isBusy = problem.status == .serviceUnavailable
        self.init(
            status: problem.status, title: title, text: text, headers: problem.headers, isMendable: isBusy,
            ways: problem.status == .unauthorized ? [.logIn] : [.catalog])
    }

    private static func words(for status: HTTPResponse.Status) -> (title: String, text: String) {
        switch status {
        case .unauthorized: ("Please log in", "This page is for developers who are logged in.")
        case .forbidden:
            ("This form came from elsewhere", "Nothing was changed. Open the form on this portal and send it from there.")
        case .notFound: ("There is no such page", "The address may be mistyped, or the page is for developers who are logged in.")
        case .methodNotAllowed: ("This page cannot be opened so", "It takes a form. Start again from the catalog.")
        case .contentTooLarge: ("That was too long", "The form holds more text than this portal takes. Nothing was changed.")
        case .unsupportedMediaType, .badRequest: ("We could not read that", "Nothing was changed. Go back and try again.")
        case .serviceUnavailable: ("Please try again in a moment", "We are busy right now. Nothing was changed.")
        default: ("Something went wrong here", "It is our fault, not yours. Try again; if it stays, tell the portal's operator.")
        }
    }

    private static func tryLater(_ seconds: Int) -> PageMessage {
        PageMessage(
            status: .serviceUnavailable, title: "Please try again in a moment",
            text:
                "Many people are logging in right now. Nothing was changed; wait \(seconds) seconds and press the button again.",
            headers: [.retryAfter: String(seconds)], isMendable: true, ways: [.catalog])
    }

    private static func slowDown(_ seconds: Int) -> PageMessage {
        let wait = seconds == 1 ? "a second" : seconds < 120 ? "\(seconds) seconds" : "\((seconds + 59) / 60) minutes"
        return PageMessage(
            status: .tooManyRequests, title: "Too many wrong passwords",
            text: "Wait \(wait), then try again. If you have forgotten your password, a link by mail sets a new one, and with it "
                + "you get in at once.",
            headers: [.retryAfter: String(seconds)], isMendable: true, ways: [.forgotPassword])
    }

    private static func deadLink(_ status: HTTPResponse.Status, _ reason: String) -> PageMessage {
        PageMessage(
            status: status, title: "This link does not work",
            text: "\(reason) You can ask for a new one: by signing up again with the same address if you have no password yet, "
                + "or as somebody who forgot it.",
            ways: [.register, .forgotPassword])
    }
}

extension PageMessage.Way {
    static let catalog = PageMessage.Way(path: "/", label: "Go to the catalog")
    static let logIn = PageMessage.Way(path: "/login", label: "Log in")
    static let register = PageMessage.Way(path: "/register", label: "Sign up again")
    static let forgotPassword = PageMessage.Way(path: "/forgot-password", label: "Forgot my password")
}

extension FormField {
    /// The error as a sentence that can stand alone.
    fileprivate func sentence(about error: FieldError) -> String {
        switch (self, error.rule) {
        case (_, .required): "Enter your \(label.lowercased())."
        case (.email, .invalid): "Enter an e-mail address such as jane@example.com."
        default: "\(label) \(error.reason)."
        }
    }
}
