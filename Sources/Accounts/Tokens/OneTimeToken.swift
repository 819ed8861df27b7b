import Geography

/// A secret in a mailed link, for one use within its time.
public struct OneTimeToken: Hashable, Sendable {
    public enum Purpose: String, Hashable, Sendable, CaseIterable {
        /// Proves that the address is its owner's.
        case verifyEmail = "verify_email"
        /// Sets the first password, or a new one.
        case setPassword = "set_password"
    }

    public enum State: Hashable, Sendable {
        case unused
        /// Used, or replaced by a newer one.
        case spent
    }

    public let hash: TokenHash
    public let purpose: Purpose
    public let expiresAt: Timestamp
    public let state: State

    public init(hash: TokenHash, purpose: Purpose, expiresAt: Timestamp, state: State = .unused) {
        self.hash = hash
        self.purpose = purpose
        self.expiresAt = expiresAt
        self.state = state
    }

    /// - Throws: ``AccountError/unknownToken``, ``AccountError/usedToken`` or ``AccountError/expiredToken``.
    func redeem(for purpose: Purpose, at now: Timestamp) throws {
        guard self.purpose == purpose else { throw AccountError.unknownToken }
        guard state == .unused else { throw AccountError.usedToken }
        guard now < expiresAt else { throw AccountError.expiredToken }
    }
}

extension OneTimeToken {
    /// Reads what a client sends as a token.
    ///
    /// - Throws: ``AccountError/invalidFields(_:)`` for what is no UUID; ``AccountError/unknownToken`` for a UUID that no geo minted.
    static func read(_ text: String, field: String = "token") throws -> GeoUUID {
        guard GeoUUID.isUUID(text) else {
            throw AccountError.invalidField(FieldError(field: field, rule: .isUUID, reason: "must be a UUID"))
        }
        guard let token = GeoUUID(text) else { throw AccountError.unknownToken }
        return token
    }
}
