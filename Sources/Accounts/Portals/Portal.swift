import Geography

/// A company's developer portal in one geo.
public struct Portal: Hashable, Sendable {
    public static let maximumNameLength = 255
    public static let maximumDescriptionLength = 512
    public static let maximumLabels = 50

    public let id: PortalID
    /// Stands in the portal's host name; never changes.
    public let slug: PortalSlug
    /// Unique in the geo.
    public var name: String
    /// What developers read.
    public var displayName: String
    public var description: String?
    public var settings: PortalSettings
    public var look: PortalLook
    /// By whom its mails are sent; nil for the node's sender.
    public var mailSender: PortalMailSender?
    public var labels: [String: String]
    public let createdAt: Timestamp
    public var updatedAt: Timestamp

    public init(
        id: PortalID, slug: PortalSlug, name: String, displayName: String, description: String? = nil,
        settings: PortalSettings = PortalSettings(), look: PortalLook = PortalLook(), mailSender: PortalMailSender? = nil,
        labels: [String: String] = [:],
        createdAt: Timestamp, updatedAt: Timestamp
    ) {
        self.id = id
        self.slug = slug
        self.name = name
        self.displayName = displayName
        self.description = description
        self.settings = settings
        self.look = look
        self.mailSender = mailSender
        self.labels = labels
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }
}

/// What an admin can switch for a portal; the defaults are the contract's.
public struct PortalSettings: Hashable, Sendable {
    /// Whether developers may have accounts at all.
    public var authenticationEnabled = true
    /// Whether developers register and log in with a password.
    public var passwordsEnabled = true
    /// The provider through which developers log in; nil where there is none.
    public var identityProvider: IdentityProviderID?
    /// Whether a registration by password is approved as soon as the password is set. Waiting requests stay waiting.
    public var autoApproveDevelopers = false
    public var autoApproveApplications = false
    public var rbacEnabled = false
    public var defaultAPIVisibility = Visibility.private
    public var defaultPageVisibility = Visibility.private
    /// Whether mails to admins name the developer who waits.
    public var adminMailsNameDevelopers = false

    public init() {}

    /// Whether somebody can register, log in and choose a password now.
    public var offersPasswords: Bool { authenticationEnabled && passwordsEnabled }

    /// Whether somebody can log in through an identity provider now.
    public var offersSignOn: Bool { authenticationEnabled && identityProvider != nil }
}

/// Who sees a thing in the catalog: everybody, or logged-in developers only.
public enum Visibility: String, Hashable, Sendable, Codable, CaseIterable {
    case `public`, `private`
}
