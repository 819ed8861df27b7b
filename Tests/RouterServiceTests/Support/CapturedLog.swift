import ServiceLogs

/// Keeps the lines that a router logs.
final class CapturedLog: LogSink {
    private let captured = Watched<[String]>([])

    func write(_ line: [UInt8]) { captured.update { $0.append(String(decoding: line, as: UTF8.self)) } }

    var lines: [String] { captured.value }

    /// Waits for a line that contains a text.
    func line(containing text: String) async throws -> String {
        try await captured.value { lines in lines.first { $0.contains(text) } }
    }
}
