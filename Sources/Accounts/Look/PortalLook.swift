/// How a portal presents itself, beside its display name. Everything has a default.
public struct PortalLook: Hashable, Sendable, Codable {
    public static let maximumWelcomeTitleLength = 255
    public static let maximumWelcomeTextLength = 2000

    /// What stands out; nil for the colours of the product.
    public var accent: AccentColor?
    /// The heading of the first page; nil for the display name.
    public var welcomeTitle: String?
    /// Below it, with line breaks as typed; nil for the portal's description, or a sentence of ours.
    public var welcomeText: String?
    public var logo: PortalImage.Reference?
    public var favicon: PortalImage.Reference?

    public init() {}

    public subscript(_ kind: PortalImage.Kind) -> PortalImage.Reference? {
        get {
            switch kind {
            case .logo: logo
            case .favicon: favicon
            }
        }
        set {
            switch kind {
            case .logo: logo = newValue
            case .favicon: favicon = newValue
            }
        }
    }
}
