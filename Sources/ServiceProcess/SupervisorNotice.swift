#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// What a process tells the service manager that supervises it: the lines of one datagram, as `sd_notify(3)` defines them.
public struct SupervisorNotice: Sendable, Equatable {
    /// Requests are served now; also the end of a reload.
    public static let ready = SupervisorNotice(text: "READY=1")
    /// The process has begun to stop.
    public static let stopping = SupervisorNotice(text: "STOPPING=1")
    /// The process still does its work. Where this does not come in time, the service manager ends the process and starts another.
    public static let alive = SupervisorNotice(text: "WATCHDOG=1")

    public let text: String

    /// The configuration is being read again, since now; ``ready`` ends it.
    public static func reloading() -> SupervisorNotice {
        var now = timespec()
        // The clock by which the service manager tells this reload from an earlier one.
        clock_gettime(CLOCK_MONOTONIC, &now)
        return SupervisorNotice(text: "RELOADING=1\nMONOTONIC_USEC=\(now.tv_sec * 1_000_000 + now.tv_nsec / 1000)")
    }
}
