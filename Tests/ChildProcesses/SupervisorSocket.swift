import Foundation

/// Where a service manager hears its services: a datagram socket that a test reads in the manager's place.
public final class SupervisorSocket: Sendable {
    /// What `NOTIFY_SOCKET` says: a path, or `@` and a name in the abstract namespace.
    public let name: String
    /// The datagrams, for one reader.
    public let notices: AsyncStream<String>
    private let descriptor: Int32

    /// - Parameter name: a path at which nothing is, or `@` and a name.
    public init(_ name: String) throws {
        self.name = name
        let (notices, heard) = AsyncStream.makeStream(of: String.self)
        self.notices = notices
        let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        self.descriptor = descriptor
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let isBound = withUnsafeMutableBytes(of: &address) { bytes in
            let path = bytes.count - MemoryLayout.size(ofValue: sockaddr_un().sun_path)
            UnsafeMutableRawBufferPointer(rebasing: bytes[path...]).copyBytes(from: name.utf8)
            if name.hasPrefix("@") { bytes[path] = 0 }
            return bind(
                descriptor, bytes.assumingMemoryBound(to: sockaddr.self).baseAddress!, socklen_t(path + name.utf8.count)) == 0
        }
        guard isBound else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
        Thread.detachNewThread {
            var bytes = [UInt8](repeating: 0, count: 4096)
            while true {
                let count = recv(descriptor, &bytes, bytes.count, 0)
                if count > 0 { heard.yield(String(decoding: bytes[..<count], as: UTF8.self)) }
                if count == 0 || (count < 0 && errno != EINTR) { break }
            }
            close(descriptor)
            heard.finish()
        }
    }

    /// Wakes the reading thread, which closes the socket.
    deinit { shutdown(descriptor, Int32(SHUT_RDWR)) }
}
