import Foundation

/// A TCP port of this machine that nobody else gets while this value lives.
///
/// A socket is bound to the port but does not listen. On Linux another socket of the machine may bind the same port when both
/// set `SO_REUSEADDR` and none of them listens yet, so the process that is meant to have the port gets it, also after a
/// restart; the system never gives it to anybody who asks for a free one.
final class PortReservation: Sendable {
    let port: Int
    private let descriptor: Int32

    /// - Parameter port: 0 for any free one.
    /// - Throws: ``ClusterError/portTaken(_:)``.
    init(_ port: Int = 0) throws {
        guard (0...65535).contains(port) else { throw ClusterError.portTaken(port) }
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var one: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &one, socklen_t(MemoryLayout<Int32>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr = in_addr(s_addr: UInt32(INADDR_LOOPBACK).bigEndian)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                bind(descriptor, generic, length) == 0 && getsockname(descriptor, generic, &length) == 0
            }
        }
        guard isBound else {
            close(descriptor)
            throw ClusterError.portTaken(port)
        }
        self.descriptor = descriptor
        self.port = Int(in_port_t(bigEndian: address.sin_port))
    }

    deinit { close(descriptor) }
}
