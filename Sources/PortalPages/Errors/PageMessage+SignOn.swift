import Accounts
import HTTPTypes
import Languages

extension PageMessage {
    /// Of a log-in through an identity provider that came to nothing: what happened, and what to do now.
    init(_ error: SignOnError, status: HTTPResponse.Status, in book: Phrasebook) {
        let key = Self.key(of: error)
        let ways: [Way] =
            switch error {
            case .notOffered: [.logIn(in: book), .catalog(in: book)]
            case .addressTaken: [.logIn(in: book), .catalog(in: book)]
            default: [.signOn(in: book), .catalog(in: book)]
            }
        self.init(status: status, title: book["portal.signOn.\(key)"], text: book["portal.signOn.\(key)Text"], ways: ways)
    }

    private static func key(of error: SignOnError) -> String {
        switch error {
        case .notOffered: "notOffered"
        case .foreignDestination, .unknownAttempt: "unknownAttempt"
        case .refusedByProvider: "refused"
        case .providerUnavailable: "unavailable"
        case .providerUntrusted: "untrusted"
        case .noAddress: "noAddress"
        case .unverifiedAddress: "unverified"
        case .addressTaken: "taken"
        }
    }
}

extension PageMessage.Way {
    static func signOn(in book: Phrasebook) -> Self { Self(path: "/login/sso", label: book["portal.signOn.button"]) }
}
