import Foundation

/// How much this machine's kernel keeps of a TCP connection's bytes at most, in bytes (tcp(7)).
enum SocketBuffers {
    static let mostReceived = most("tcp_rmem")
    static let mostSent = most("tcp_wmem")

    /// The last of the three numbers: minimum, default, maximum.
    private static func most(_ name: String) -> Int {
        let text = FileHandle(forReadingAtPath: "/proc/sys/net/ipv4/\(name)")?.readDataToEndOfFile() ?? Data()
        let numbers = String(decoding: text, as: UTF8.self).split(whereSeparator: \.isWhitespace).compactMap { Int($0) }
        return numbers.last ?? 6 * 1024 * 1024
    }
}
