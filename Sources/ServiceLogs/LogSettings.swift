import ConfigurationFiles
import Logging

/// What a process logs and how: the `log` section of its configuration.
///
/// ```yaml
/// log: {format: json, level: info}
/// ```
public struct LogSettings: Equatable, Sendable {
    public var format: LogFormat
    /// Events below this level are dropped.
    public var level: Logger.Level

    public init(format: LogFormat = .text, level: Logger.Level = .info) {
        self.format = format
        self.level = level
    }

    /// Reads the `log` section; keys that it lacks keep their defaults, `text` and `info`.
    ///
    /// - Throws: `ConfigurationError` for another key, another format or another level.
    public init(reading section: ConfigurationSection) throws {
        let format = try section.choice("format", of: LogFormat.self) ?? .text
        let level = try section.choice("level", of: Logger.Level.self) ?? .info
        try section.finish()
        self.init(format: format, level: level)
    }

    /// A logger of this format and level.
    ///
    /// - Parameters:
    ///   - label: which part of which process speaks, as in `portolan.router`.
    ///   - sink: where lines go; standard error unless a test listens.
    public func logger(label: String, sink: any LogSink = StandardErrorSink()) -> Logger {
        Logger(label: label) { handler(label: $0, sink: sink) }
    }

    /// Makes every `Logger(label:)` of this process, those of its libraries too, write in this format. Call it once.
    public func bootstrapLoggingSystem(sink: any LogSink = StandardErrorSink()) {
        LoggingSystem.bootstrap { label in self.handler(label: label, sink: sink) }
    }

    private func handler(label: String, sink: any LogSink) -> ServiceLogHandler {
        var handler = ServiceLogHandler(label: label, format: format, sink: sink)
        handler.logLevel = level
        return handler
    }
}
