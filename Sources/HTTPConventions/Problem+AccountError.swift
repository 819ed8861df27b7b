import Accounts
import HTTPTypes
import NIOHTTP1

extension Problem {
    /// The one place where a refusal of the domain becomes HTTP.
    public init(_ error: AccountError) {
        switch error {
        case .invalidFields(let errors): self = .invalid(errors)
        case .unknownToken: self.init(.notFound, detail: "The provided token was not found")
        case .usedToken: self.init(.gone, detail: "The token was used already, or replaced by a newer one")
        case .expiredToken: self.init(.gone, detail: "The token has expired")
        case .invalidCredentials:
            self.init(.unauthorized, title: "Invalid Credentials", detail: "You have entered an invalid email or password.")
        case .notAuthenticated: self = .unauthorized
        case .notFound(let thing): self.init(.notFound, detail: "There is no such \(thing) here")
        case .conflict(let detail): self.init(.conflict, detail: detail)
        case .invalidTransition(let from, let to):
            let allowed = from.successors.map(\.rawValue).sorted().joined(separator: " or ")
            self.init(
                .conflict,
                detail: "A developer who is \(from.rawValue) cannot become \(to.rawValue); what can follow is \(allowed)")
        case .authenticationDisabled:
            self.init(.forbidden, detail: "This portal does not let developers have accounts")
        case .passwordsDisabled:
            self.init(
                .forbidden,
                detail: "Developers of this portal log in through an identity provider, at /login/sso; there are no passwords")
        case .forbidden(let detail): self.init(.forbidden, detail: detail)
        case .throttled(let seconds):
            self.init(
                .tooManyRequests, detail: "This was tried too often. Try again in \(seconds) seconds.",
                headers: [.retryAfter: String(seconds)])
        case .busy(let seconds):
            self.init(
                .serviceUnavailable, detail: "Too many log-ins and new passwords are waiting. Try again in \(seconds) seconds.",
                headers: [.retryAfter: String(seconds)])
        }
    }

    /// What a client is told of any error; nil for one that nobody foresaw, which is for the log.
    public init?(foreseen error: any Error) {
        switch error {
        case let problem as Problem: self = problem
        case let error as AccountError: self.init(error)
        case let error as SignOnError: self.init(error)
        case let error as FieldError: self = .invalid([error])
        case is HTTPParserError:
            self.init(.badRequest, detail: "The request's body is not framed as HTTP/1.1 has it")
        case StoreError.unavailable:
            self.init(
                .serviceUnavailable, detail: "This cannot be stored now; nothing was changed. Try again in a few seconds.",
                headers: [.retryAfter: "5"])
        default: return nil
        }
    }
}
