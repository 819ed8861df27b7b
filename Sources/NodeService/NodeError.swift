import Geography

/// Why a node, or a command beside it, with a right configuration cannot run.
public enum NodeError: Error, Equatable, CustomStringConvertible {
    case cannotListen(SocketEndpoint, key: String, reason: String)
    /// What is asked of a store needs one that was used before.
    case noStore(folder: String)
    /// A backup is asked for, and the configuration does not say for whom.
    case noBackupRecipient

    public var description: String {
        switch self {
        case .cannotListen(let endpoint, let key, let reason):
            "cannot listen at \(endpoint) (\(key)): \(reason); choose another port or stop what uses this one"
        case .noBackupRecipient:
            "expected `backup.recipient` in the configuration, found none; make the file with: portolanctl backup-key create"
        case .noStore(let folder):
            "expected the store of a node at \(folder), found none; correct `data` in the configuration, or start the node first"
        }
    }
}
