import Foundation

/// Where everything of a running cluster is: what `cluster up --json` prints as one line.
///
/// The JSON names are the properties' in `snake_case`.
public struct ClusterDescription: Codable, Sendable {
    /// A process, and the command that starts it again with the same configuration after a test has killed it.
    public struct Process: Codable, Sendable {
        /// `127.0.0.1:PORT`; with the right `Host` this is all that a client needs.
        public let address: String
        public let adminAddress: String
        public let pid: Int32
        public let command: [String]
        public let log: String
    }

    public struct Node: Codable, Sendable {
        public let address: String
        public let adminAddress: String
        public let pid: Int32
        public let command: [String]
        public let log: String
        public let data: String
    }

    public struct Geo: Codable, Sendable {
        public let number: Int
        public let portalUrl: String
        public let portalId: String
        public let apiUrl: String
        public let consoleUrl: String
        public let mailboxUrl: String
        public let maildir: String
        public let adminToken: String
        public let node: Node
    }

    public let router: Process
    public let chooserUrl: String
    public let geos: [String: Geo]
    public let folder: String

    /// One line of JSON.
    public func line() throws -> String {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }

    public init(line: String) throws {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        self = try decoder.decode(Self.self, from: Data(line.utf8))
    }

    init(router: Process, chooserUrl: String, geos: [String: Geo], folder: String) {
        self.router = router
        self.chooserUrl = chooserUrl
        self.geos = geos
        self.folder = folder
    }

    /// The table that a person reads.
    public func table(order: [String]) -> String {
        var lines = ["  choose a geo: \(chooserUrl)"]
        for id in order {
            guard let geo = geos[id] else { continue }
            lines += [
                "", "  \(id)  (\(ClusterOptions.names[id] ?? id))", "    portal       \(geo.portalUrl)",
                "    mailbox      \(geo.mailboxUrl)",
                "    API          \(geo.apiUrl)", "    admin token  \(geo.adminToken)",
            ]
        }
        return lines.joined(separator: "\n")
    }
}
