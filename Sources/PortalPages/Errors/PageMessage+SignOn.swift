import Accounts
import HTTPTypes
import Languages
import WebPages

extension PageMessage {
    /// Of a log-in through an identity provider that came to nothing: what happened, and what to do now.
    init(_ error: SignOnError, status: HTTPResponse.Status, in book: Phrasebook) {
        let phrases = Self.phrases(for: error)
        let ways: [Way] =
            switch error {
            case .notOffered: [.logIn(in: book), .catalog(in: book)]
            case .addressTaken: [.logIn(in: book), .catalog(in: book)]
            default: [.signOn(in: book), .catalog(in: book)]
            }
        self.init(status: status, title: book[phrases.title], text: book[phrases.text], ways: ways)
    }

    private static func phrases(for error: SignOnError) -> (title: String, text: String) {
        switch error {
        case .notOffered: ("portal.signOn.notOffered", "portal.signOn.notOfferedText")
        case .foreignDestination, .unknownAttempt: ("portal.signOn.unknownAttempt", "portal.signOn.unknownAttemptText")
        case .refusedByProvider: ("portal.signOn.refused", "portal.signOn.refusedText")
        case .providerUnavailable: ("portal.signOn.unavailable", "portal.signOn.unavailableText")
        case .providerUntrusted: ("portal.signOn.untrusted", "portal.signOn.untrustedText")
        case .noAddress: ("portal.signOn.noAddress", "portal.signOn.noAddressText")
        case .unverifiedAddress: ("portal.signOn.unverified", "portal.signOn.unverifiedText")
        case .addressTaken: ("portal.signOn.taken", "portal.signOn.takenText")
        }
    }
}

extension PageMessage.Way {
    static func signOn(in book: Phrasebook) -> Self { Self(path: "/login/sso", label: book["portal.signOn.button"]) }
}
