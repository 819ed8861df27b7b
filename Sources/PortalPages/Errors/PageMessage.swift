import Accounts
import HTTPConventions
import HTTPTypes
import Languages
import WebPages

extension PageMessage {
    /// The form was not made by these pages for this browser, or too long ago.
    static func submitAgain(in book: Phrasebook) -> PageMessage {
        PageMessage(
            status: .forbidden, title: book["portal.errors.submitAgain"], text: book["portal.errors.submitAgainText"],
            isMendable: true)
    }

    /// Of what the domain refuses.
    init(_ error: AccountError, as problem: Problem, in book: Phrasebook) {
        switch error {
        case .invalidFields(let errors) where errors.contains(where: { FormField(rawValue: $0.field) == nil }):
            // No form lets people type the token; so a wrong one is a wrong link.
            self = .deadLink(.notFound, book["portal.errors.incompleteLink"], in: book)
        case .invalidFields: self.init(problem, wordsFrom: Self.words, in: book)
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
        default: self.init(problem, in: book)
        }
    }

    /// Of what HTTP says about an error.
    init(_ problem: Problem, in book: Phrasebook) {
        self.init(
            problem, wordsFrom: Self.words, in: book,
            ways: problem.status == .unauthorized ? [.logIn(in: book)] : [.catalog(in: book)])
    }

    private static let words = "portal.errors"

    private static func tryLater(_ seconds: Int, in book: Phrasebook) -> PageMessage {
        PageMessage(
            status: .serviceUnavailable, title: book["portal.errors.busy.title"],
            text: book.text("portal.errors.queueText", ["wait": book.text("portal.errors.seconds", count: seconds)]),
            headers: [.retryAfter: String(seconds)], isMendable: true, ways: [.catalog(in: book)])
    }

    private static func slowDown(_ seconds: Int, in book: Phrasebook) -> PageMessage {
        let wait =
            seconds < 120
            ? book.text("portal.errors.seconds", count: seconds)
            : book.text("portal.errors.minutes", count: (seconds + 59) / 60)
        return PageMessage(
            status: .tooManyRequests, title: book["portal.errors.slowDown"],
            text: book.text("portal.errors.slowDownText", ["wait": wait]), headers: [.retryAfter: String(seconds)],
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
