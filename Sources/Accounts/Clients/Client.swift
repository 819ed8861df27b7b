/// Who asks, as far as a request tells: for throttling, and for the list of a developer's sessions.
public struct Client: Hashable, Sendable {
    public static let maximumAgentLength = 200

    /// The network address, of which only a keyed hash is kept; nil where it is not known.
    public var address: String?
    /// What the browser calls itself, cut to ``maximumAgentLength`` printable characters.
    public let agent: String?
    /// What an earlier log-in gave this browser; see ``KnownDevices``.
    public var device: String?

    public init(address: String? = nil, agent: String? = nil, device: String? = nil) {
        self.address = address
        let printable = agent.map {
            String($0.unicodeScalars.filter(FullName.isAllowed).prefix(Self.maximumAgentLength).map(Character.init))
        }
        self.agent = printable?.isEmpty == false ? printable : nil
        self.device = device
    }

    public static let unknown = Client()
}
