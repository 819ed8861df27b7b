/// What a provider may do that it must not, or that is hard to bear.
public enum ProviderTrick: String, Sendable, CaseIterable {
    // In the ID token.
    case unsigned, signedWithThePublicKey, otherAudience, otherIssuer, otherNonce, noNonce, otherParty, twoAudiencesWithoutParty
    case expired, fromTheFuture, unknownKey, wrongSignature, noSubject, notAToken
    // In the userinfo answer.
    case otherSubject
    // Over HTTP.
    case slow, garbage, failing, oversized, redirecting
}

/// Where an HTTP trick is played.
public enum ProviderPlace: String, Sendable, CaseIterable {
    case discovery, keys, token, userinfo
}
