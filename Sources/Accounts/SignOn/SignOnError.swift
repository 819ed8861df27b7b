/// Why somebody did not get in through an identity provider. Nothing was changed, and no case holds anything about a person.
public enum SignOnError: Error, Hashable, Sendable {
    /// The portal has no log-in through an identity provider, or no longer.
    case notOffered
    /// Where to go afterwards is not on this portal.
    case foreignDestination
    /// The way back does not belong to a log-in that this browser began and has not finished: no `state`, a used or an old one, or that
    /// of another browser.
    case unknownAttempt
    /// The provider sent an error instead of somebody: its word, where it is one of OAuth 2.0 or OpenID Connect.
    case refusedByProvider(String)
    /// The provider cannot be reached, is too slow, or fails.
    case providerUnavailable(ProviderFault)
    /// The provider answered something that must not be trusted.
    case providerUntrusted(ProviderFault)
    /// The provider told no address, or none that is one.
    case noAddress
    /// The provider says that the address is not verified.
    case unverifiedAddress
    /// There is an account with this address which may not be opened so.
    case addressTaken
}

/// What is wrong with a provider, for the log and for whoever tests a configuration.
public enum ProviderFault: String, Error, Hashable, Sendable, CaseIterable {
    // Before it answers.
    case addressNotAllowed = "its address is not allowed: it is private, local or no https"
    case unresolvable = "its host name cannot be resolved"
    case unreachable = "it cannot be reached"
    case tooSlow = "it takes too long"
    // How it answers.
    case redirected = "it answers with a redirection"
    case failed = "it answers with an error"
    case tooLarge = "its answer is too large"
    case unreadable = "its answer cannot be read"
    // What it says of itself.
    case otherIssuer = "its metadata name another issuer"
    case missingEndpoint = "its metadata lack an endpoint"
    case noUsableKey = "it has no key of a kind that is taken"
    case clientRefused = "it does not accept the client's id or secret"
    case codeRefused = "it does not accept the code"
    case secretUnusable = "the client's secret or key cannot be used"
    // What its tokens say.
    case malformedToken = "its token cannot be read"
    case algorithmRefused = "its token is signed in a way that is not taken"
    case unknownKey = "its token is signed with a key that it does not publish"
    case wrongSignature = "the signature of its token is wrong"
    case wrongIssuer = "its token, or its answer, names another issuer"
    case wrongAudience = "its token is for somebody else"
    case wrongNonce = "its token belongs to another log-in"
    case expired = "its token is past its time"
    case notYetValid = "its token is from the future; compare the clocks"
    case noSubject = "its token names nobody"
    case otherSubject = "its userinfo is about somebody else"
    case noLogOut = "its logout token is none"
}
