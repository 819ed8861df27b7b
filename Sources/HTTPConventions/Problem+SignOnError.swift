import Accounts
import HTTPTypes

extension Problem {
    /// What a client is told where a log-in through an identity provider ended. Which fault it was is for the log and for those who
    /// examine the configuration.
    public init(_ error: SignOnError) {
        switch error {
        case .notOffered:
            self.init(.notFound, detail: "This portal has no log-in through an identity provider")
        case .foreignDestination:
            self = .invalid([.invalid("returnTo", "must be an absolute address of this portal")], in: "query")
        case .unknownAttempt:
            self.init(
                .badRequest,
                detail:
                    "This answer belongs to no log-in that this browser has begun and not finished. Begin again at /login/sso.")
        case .refusedByProvider(let word):
            self.init(.forbidden, detail: "The identity provider let nobody in: \(word)")
        case .providerUnavailable:
            self.init(
                .badGateway, detail: "The identity provider cannot be reached or takes too long. Try again in a few minutes.")
        case .providerUntrusted:
            self.init(
                .badGateway,
                detail: "The identity provider's answer did not stand up to the checks. Tell the portal's operator.")
        case .noAddress:
            self.init(.forbidden, detail: "The identity provider told no e-mail address; this portal needs one")
        case .unverifiedAddress:
            self.init(.forbidden, detail: "The identity provider says that the e-mail address is not verified")
        case .addressTaken:
            self.init(.forbidden, detail: "There is an account with this e-mail address. Log in to it as before.")
        }
    }
}
