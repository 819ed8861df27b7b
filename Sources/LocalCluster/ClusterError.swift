/// Why a local cluster could not be started.
public enum ClusterError: Error, Equatable, Sendable, CustomStringConvertible {
    case portTaken(Int)
    case missingExecutable(String)
    case notOurFolder(String)
    case folderNotWritable(String)
    case folderInUse(String)
    case interrupted
    case notReady(process: String, log: String)
    case stepFailed(geo: String, step: String, reason: String)

    public var description: String {
        switch self {
        case .portTaken(let port):
            "the port \(port) cannot be had; stop what uses it, or choose another with --port and --node-port"
        case .missingExecutable(let path):
            "there is no executable \(path); build it with: swift build -c release, or name its folder with --binaries"
        case .notOurFolder(let path):
            "\(path) holds something else than a local cluster; name another folder, or empty this one yourself"
        case .folderNotWritable(let path):
            "\(path) cannot be written; check the folder's owner, or name another folder with --folder"
        case .folderInUse(let path): "a cluster runs in \(path) already; stop it first, or name another folder with --folder"
        case .interrupted: "stopped before every step was done"
        case .notReady(let process, let log): "\(process) did not become ready; the end of its log:\n\(log)"
        case .stepFailed(let geo, let step, let reason): "\(geo): \(step) failed: \(reason)"
        }
    }
}
