import Foundation
import Geography
import ServiceIdentity
import ServiceProcess

/// What node and router both need of their machine.
public enum MachineExamination {
    /// Below which a process with many connections runs out of descriptors.
    static let fewestDescriptors = 4096

    /// Whether the system's clock is kept right: tokens, certificates and the second factor depend on it.
    public static func clock() -> Finding {
        // `struct timex` of adjtimex(2) has 208 bytes on 64-bit Linux; its first field says what to change: nothing.
        typealias Adjtimex = @convention(c) (UnsafeMutableRawPointer) -> Int32
        guard let symbol = dlsym(nil, "adjtimex") else {
            return .warning("clock", "this system does not tell whether its clock is kept right", remedy: "run an NTP client")
        }
        let buffer = UnsafeMutableRawPointer.allocate(byteCount: 1024, alignment: 8)
        defer { buffer.deallocate() }
        memset(buffer, 0, 1024)
        // TIME_ERROR: not synchronised.
        guard unsafeBitCast(symbol, to: Adjtimex.self)(buffer) != 5 else {
            return .warning(
                "clock", "nothing keeps this machine's clock right; it says \(Date().formatted(.iso8601))",
                remedy: "run an NTP client: systemctl enable --now systemd-timesyncd, or install chrony")
        }
        return .right("clock", "synchronised; it says \(Date().formatted(.iso8601))")
    }

    /// The host names under which people reach a geo. For its portals one stands that is none: whether there is a wildcard is asked.
    public static func hosts(of geo: GeoID, in topology: Topology) -> [String] {
        topology.publicHosts(of: geo).map { $0.replacing("*", with: "doctor") }
    }

    /// Whether names lead somewhere, for this machine's resolver.
    public static func names(_ hosts: [String]) -> Finding {
        let lost = hosts.filter { !resolves($0) }
        guard let first = lost.first else { return .right("names", "all \(hosts.count) host names lead to an address") }
        return .problem(
            "names", "no address for \(lost.joined(separator: ", "))",
            remedy:
                "let \(first)\(lost.count > 1 ? " and the others" : "") lead to the routers: an A or AAAA record, a wildcard for portals"
        )
    }

    /// How many descriptors a process may open.
    ///
    /// - Parameter limit: of the process that runs; nil where none does, and one is looked at that is started as this one was.
    public static func descriptors(ofRunning limit: Int?) -> Finding {
        let limit = limit ?? ProcessFigures().fileLimit
        guard limit < fewestDescriptors else {
            return .right("descriptors", "\(limit) files and connections may be open")
        }
        return .warning(
            "descriptors", "only \(limit) files and connections may be open",
            remedy: "LimitNOFILE=65536 in the service unit, or ulimit -n 65536")
    }

    /// A file that others must not read.
    public static func secret(_ path: String, _ what: String) -> Finding {
        var status = stat()
        guard stat(path, &status) == 0 else {
            return .problem(
                "files", "\(what) at \(path): \(String(cString: strerror(errno)))", remedy: "put it there, for this user")
        }
        guard KeyFileMode.isPrivate(status.st_mode, owner: status.st_uid, reader: geteuid()) else {
            return .problem("files", "\(what) at \(path) can be read by others", remedy: "chmod 600 \(path)")
        }
        guard access(path, R_OK) == 0 else {
            return .problem("files", "\(what) at \(path) cannot be read by this user", remedy: "chown it to the service's user")
        }
        return .right("files", "\(what) is for its owner alone")
    }

    /// How long something is valid.
    public static func validity(_ subject: String, _ what: String, from: Date?, until: Date, remedy: String) -> Finding {
        let left = until.timeIntervalSinceNow
        let days = Int(left / 86_400)
        if left <= 0 { return .problem(subject, "\(what) ended at \(until.formatted(.iso8601))", remedy: remedy) }
        if let from, from > Date() {
            return .problem(subject, "\(what) begins at \(from.formatted(.iso8601))", remedy: "set this machine's clock")
        }
        let life = from.map { until.timeIntervalSince($0) } ?? 7 * 86_400
        guard left > life / 3 else {
            return .warning(subject, "\(what) ends in \(days) days, at \(until.formatted(.iso8601))", remedy: remedy)
        }
        return .right(subject, "\(what) is good for \(days) more days")
    }

    private static func resolves(_ host: String) -> Bool {
        // Names below localhost mean this machine (RFC 6761, section 6.3), whether or not the resolver knows.
        guard host != "localhost", !host.hasSuffix(".localhost") else { return true }
        var found: UnsafeMutablePointer<addrinfo>?
        defer { freeaddrinfo(found) }
        return getaddrinfo(host, nil, nil, &found) == 0
    }
}
