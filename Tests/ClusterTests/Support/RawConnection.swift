import Foundation
import Testing

/// A TCP connection whose every byte a test writes and reads, with blocking system calls.
final class RawConnection: Sendable {
    struct Failure: Error { let reason: String }

    private let descriptor: Int32
    private let port: Int
    private let peer: Int

    /// - Parameter address: `127.0.0.1:PORT`.
    init(_ address: String) throws {
        let target = try #require(address.split(separator: ":").last.flatMap { UInt16($0) })
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        self.peer = Int(target)
        var peer = sockaddr_in()
        peer.sin_family = sa_family_t(AF_INET)
        peer.sin_port = target.bigEndian
        peer.sin_addr = in_addr(s_addr: UInt32(INADDR_LOOPBACK).bigEndian)
        var own = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isConnected = withUnsafePointer(to: &peer) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, length) == 0 }
        }
        let isNamed = withUnsafeMutablePointer(to: &own) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) == 0 }
        }
        self.descriptor = descriptor
        port = Int(in_port_t(bigEndian: own.sin_port))
        guard isConnected, isNamed else { throw Failure(reason: String(cString: strerror(errno))) }
    }

    deinit { close(descriptor) }

    func write(_ text: String) throws {
        let bytes = Array(text.utf8)
        guard send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count else {
            throw Failure(reason: String(cString: strerror(errno)))
        }
    }

    /// Whether the other side, on this machine, has taken every byte that was written.
    func isReadByPeer() throws -> Bool {
        // The peer's established socket (state 01) with nothing sent and nothing unread (tx_queue:rx_queue), see proc(5).
        let row = "\(Self.endpoint(peer)) \(Self.endpoint(port)) 01 00000000:00000000"
        // A handle, because Foundation's other ways of reading a file stop at this one's first piece.
        let table = try #require(FileHandle(forReadingAtPath: "/proc/net/tcp")).readDataToEndOfFile()
        return table.range(of: Data(row.utf8)) != nil
    }

    private static func endpoint(_ port: Int) -> String { "0100007F:" + String(format: "%04X", port) }

    /// Whether there is something to read already.
    var hasAnswer: Bool {
        var byte: UInt8 = 0
        return recv(descriptor, &byte, 1, Int32(MSG_PEEK) | Int32(MSG_DONTWAIT)) > 0
    }

    /// Everything until the other side closes, read on a thread of its own.
    func readToEnd() async throws -> String {
        try await withCheckedThrowingContinuation { continuation in
            Thread { [self] in
                var text: [UInt8] = []
                var buffer = [UInt8](repeating: 0, count: 16 * 1024)
                while true {
                    let count = recv(descriptor, &buffer, buffer.count, 0)
                    if count == 0 { return continuation.resume(returning: String(decoding: text, as: UTF8.self)) }
                    guard count > 0 else {
                        return continuation.resume(throwing: Failure(reason: String(cString: strerror(errno))))
                    }
                    text += buffer.prefix(count)
                }
            }.start()
        }
    }
}
