import Foundation

/// What the system says of this process, for its metrics.
public struct ProcessFigures: Sendable {
    public let residentBytes: Int
    public let openFiles: Int
    /// How many files and connections may be open.
    public let fileLimit: Int

    public init() {
        let pages = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8))?.split(separator: " ").dropFirst().first
        residentBytes = (pages.flatMap { Int($0) } ?? 0) * sysconf(Int32(_SC_PAGESIZE))
        openFiles = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd"))?.count ?? 0
        var limit = rlimit()
        fileLimit = getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 ? Int(clamping: limit.rlim_cur) : 0
    }
}
