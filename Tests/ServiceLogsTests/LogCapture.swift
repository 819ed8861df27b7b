import Foundation
import Logging
import ServiceLogs
import Synchronization

/// Keeps the lines that a logger writes.
final class LogCapture: LogSink {
    private let written = Mutex<[[UInt8]]>([])

    var lines: [[UInt8]] { written.withLock(\.self) }

    var text: String { String(decoding: lines.joined(), as: UTF8.self) }

    func write(_ line: [UInt8]) { written.withLock { $0.append(line) } }

    /// The only line, read by a JSON parser.
    func object() throws -> [String: Any] {
        guard lines.count == 1, let line = lines.first else { throw CaptureError.lines(lines.count) }
        guard let object = try JSONSerialization.jsonObject(with: Data(line)) as? [String: Any] else {
            throw CaptureError.noObject
        }
        return object
    }

    func logger(_ format: LogFormat, level: Logger.Level = .trace) -> Logger {
        LogSettings(format: format, level: level).logger(label: "portolan.test", sink: self)
    }
}

enum CaptureError: Error {
    case lines(Int)
    case noObject
}
