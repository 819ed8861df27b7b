#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The service manager that started this process and wants to be told how it is: systemd, for a unit with `Type=notify`.
///
/// The protocol is that of `sd_notify(3)` and `sd_watchdog_enabled(3)`: datagrams to a Unix socket that the environment names.
/// Nothing is told, and nothing fails, where the process was not started by such a manager.
public struct Supervisor: Sendable {
    /// The longest path of a Unix socket, without the byte that ends it.
    static let maximumPathBytes = MemoryLayout.size(ofValue: sockaddr_un().sun_path) - 1

    private static let offsetOfPath = MemoryLayout<sockaddr_un>.size - MemoryLayout.size(ofValue: sockaddr_un().sun_path)

    /// A path, or a name in the abstract namespace after `@`; nil where nobody asks.
    private let socketName: String?
    /// The longest time between two signs of life; nil where none are asked for.
    public let watchdogInterval: Duration?

    /// Nobody's: tells nothing.
    public static let none = Supervisor(environment: [:])

    /// - Parameters:
    ///   - environment: `NOTIFY_SOCKET`, `WATCHDOG_USEC` and `WATCHDOG_PID` are looked at. What cannot be used counts as absent: a
    ///     service manager that set them so would not hear of the mistake in any other way than by hearing nothing.
    ///   - processID: that of this process; signs of life that are asked of another process are not given.
    public init(environment: [String: String], processID: Int32 = getpid()) {
        let name = environment["NOTIFY_SOCKET"] ?? ""
        let isUsable =
            (name.hasPrefix("/") || name.hasPrefix("@")) && name.utf8.count > 1 && name.utf8.count <= Self.maximumPathBytes
        socketName = isUsable ? name : nil
        let isForThis = environment["WATCHDOG_PID"].map { Int32($0) == processID } ?? true
        guard isUsable, isForThis, let microseconds = environment["WATCHDOG_USEC"].flatMap(Int64.init), microseconds > 0 else {
            watchdogInterval = nil
            return
        }
        watchdogInterval = .microseconds(microseconds)
    }

    /// Sends one datagram. A notice that cannot be sent is lost: the service manager draws its own conclusion from that.
    public func tell(_ notice: SupervisorNotice) {
        guard let socketName else { return }
        let descriptor = Self.openSocket()
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { path in
            path.copyBytes(from: socketName.utf8)
            if socketName.hasPrefix("@") { path[0] = 0 }
        }
        // A name in the abstract namespace is as long as the address says, so no byte of the rest may count.
        let length = socklen_t(Self.offsetOfPath + socketName.utf8.count)
        let text = Array(notice.text.utf8)
        _ = withUnsafePointer(to: &address) { address in
            address.withMemoryRebound(to: sockaddr.self, capacity: 1) { sendto(descriptor, text, text.count, 0, $0, length) }
        }
    }

    /// Gives signs of life until the task is cancelled, twice in each interval that the service manager allows; returns at once
    /// where none are asked for.
    ///
    /// - Parameters:
    ///   - sleep: waits between two signs; a test does not want to.
    ///   - proof: returns when what does the work has answered. While it does not return, there is no sign, and that is its purpose.
    public func keepAlive(
        sleep: @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) },
        proof: @Sendable () async throws -> Void
    ) async {
        guard let watchdogInterval else { return }
        while !Task.isCancelled {
            guard (try? await proof()) != nil else { return }
            tell(.alive)
            guard (try? await sleep(watchdogInterval / 2)) != nil else { return }
        }
    }

    private static func openSocket() -> Int32 {
        #if canImport(Glibc)
            socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        #elseif canImport(Musl)
            socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0)
        #else
            socket(AF_UNIX, SOCK_DGRAM, 0)
        #endif
    }
}
