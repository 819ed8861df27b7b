/// Bytes that a client sends on one connection, and what must come of them.
public struct CorpusCase: Sendable, CustomStringConvertible {
    /// What must come of the case's bytes, one after another.
    public enum Outcome: Equatable, Sendable {
        /// A node of this geo gets exactly this request, and the client that node's answer.
        case passed(method: String, target: String, geo: String, body: [UInt8])
        /// The router answers itself. After it the connection is closed, or open for the next request.
        case refused(status: Int, isOpen: Bool)
    }

    /// The file that it stands in, without its ending.
    public let file: String
    public let name: String
    /// The section of an RFC, or the name under which a class of attacks was published.
    public let source: String
    public let bytes: [UInt8]
    public let outcomes: [Outcome]
    /// Whether a node may see the beginning of a request that never becomes complete.
    public let mayBegin: Bool
    /// Whether the router closes the connection after the last outcome although it refused nothing.
    public let closes: Bool

    public var description: String { "\(file): \(name)" }

    /// Whether the router closes the connection by itself.
    public var endsClosed: Bool {
        if case .refused(_, isOpen: false) = outcomes.last { return true }
        return closes
    }

    /// Whether a node sees anything of it.
    public var mayReachNode: Bool {
        mayBegin
            || outcomes.contains { outcome in
                if case .passed = outcome { return true }
                return false
            }
    }

    /// For each answer that the client gets, whether it answers a HEAD request and so has no body.
    public var answersToHead: [Bool] {
        outcomes.map { outcome in
            if case .passed("HEAD", _, _, _) = outcome { return true }
            return false
        }
    }
}
