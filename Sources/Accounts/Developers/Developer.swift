import Languages

/// A person's account at one portal in one geo.
public struct Developer: Hashable, Sendable {
    public let id: DeveloperID
    public let portal: PortalID
    public let email: EmailAddress
    public var fullName: FullName
    public internal(set) var status: DeveloperStatus
    /// When the owner of the address proved to be its owner; nil before that.
    public var verifiedAt: Timestamp?
    /// In PHC string form; nil until the first password is set.
    public var passwordHash: PasswordHash?
    public let origin: DeveloperOrigin
    /// In which mails speak; nil where nobody ever told, and mails speak the ``Language/fallback``.
    public var language: Language?
    public let createdAt: Timestamp
    public var updatedAt: Timestamp

    public init(
        id: DeveloperID, portal: PortalID, email: EmailAddress, fullName: FullName, status: DeveloperStatus = .pending,
        verifiedAt: Timestamp? = nil, passwordHash: PasswordHash? = nil, origin: DeveloperOrigin = .registration,
        language: Language? = nil, createdAt: Timestamp, updatedAt: Timestamp
    ) {
        self.id = id
        self.portal = portal
        self.email = email
        self.fullName = fullName
        self.status = status
        self.verifiedAt = verifiedAt
        self.passwordHash = passwordHash
        self.origin = origin
        self.language = language
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }

    public var isVerified: Bool { verifiedAt != nil }

    /// Only approved and verified developers log in, by whatever method.
    public var mayLogIn: Bool { status == .approved && isVerified }

    /// Whether a reset link is of use to its owner: rejected and revoked developers get none. An invited one proves its address
    /// with the first password. Who came through an identity provider gets none: a provider that lets somebody in has not proven that
    /// the address is that person's, and who leaves the company must not stay by a password.
    var mayResetPassword: Bool {
        origin != .singleSignOn && (isVerified || origin == .invitation) && (status == .approved || status == .pending)
    }
}

/// How an account came to be.
public enum DeveloperOrigin: String, Hashable, Sendable, Codable, CaseIterable {
    /// By the developer, with the form or the API.
    case registration
    /// By an admin.
    case invitation
    /// By the first log-in through an identity provider.
    case singleSignOn = "single_sign_on"
}
