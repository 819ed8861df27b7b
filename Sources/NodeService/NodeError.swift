import Geography

/// Why a node with a right configuration cannot run.
public enum NodeError: Error, Equatable, CustomStringConvertible {
    case cannotListen(SocketEndpoint, key: String, reason: String)

    public var description: String {
        switch self {
        case .cannotListen(let endpoint, let key, let reason):
            "cannot listen at \(endpoint) (\(key)): \(reason); choose another port or stop what uses this one"
        }
    }
}
