/// What a local cluster shall be.
public struct ClusterOptions: Sendable {
    /// Geo ids, in the order of their numbers.
    public var geos: [String] = ["eu", "us", "au"]
    /// The name of the portal that is made in each geo.
    public var portal = "acme"
    public var autoApprove = false
    /// Whether two APIs are published to each new portal, so that its catalog has something to show.
    public var publishesSampleAPIs = true
    /// Where everything is kept: configuration, data, logs, tokens.
    public var folder: String
    /// Whether what an earlier cluster left in the folder goes first.
    public var emptiesFolder = false
    /// Where `portolan-node` and `portolan-router` are.
    public var binaries: String
    /// The router's port; its admin port is the next one. Nil takes free ports for all processes.
    public var port: Int?
    /// The first node's port; the others follow, and the admin ports are a hundred higher.
    public var nodePort = 9101
    /// Whether router and nodes speak plain TCP, without proving who they are.
    public var isPlainInside = false
    /// The cost of passwords; nil for the standard one.
    public var scryptLogN: Int?

    public init(folder: String, binaries: String, port: Int?) {
        self.folder = folder
        self.binaries = binaries
        self.port = port
    }

    /// How much higher a node's admin port is than its port.
    public static let adminPortDistance = 100

    /// Names that people read, for the usual geos.
    static let names = [
        "eu": "Europe", "us": "United States", "au": "Australia", "in": "India", "me": "Middle East", "sg": "Singapore",
    ]
}
