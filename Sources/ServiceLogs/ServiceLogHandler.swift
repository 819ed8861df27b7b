import Logging

/// Renders log events as one line each and hands them to a sink.
public struct ServiceLogHandler: LogHandler {
    public var logLevel: Logger.Level = .info
    public var metadata: Logger.Metadata = [:]
    public var metadataProvider: Logger.MetadataProvider?

    private let label: String
    private let format: LogFormat
    private let sink: any LogSink

    public init(label: String, format: LogFormat, sink: any LogSink) {
        self.label = label
        self.format = format
        self.sink = sink
    }

    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    public func log(event: LogEvent) {
        var line = LogLine(format: format)
        line.begin(time: LogTimestamp.now(), level: event.level, label: label, message: event.message.description)
        for (key, value) in fields(of: event).sorted(by: { $0.key < $1.key }) { line.field(key, value) }
        if let error = event.error { line.field("error", .string("\(error)")) }
        sink.write(line.finish())
    }

    private func fields(of event: LogEvent) -> Logger.Metadata {
        let provided = metadataProvider?.get() ?? [:]
        guard let own = event.metadata else { return metadata.merging(provided) { $1 } }
        guard !metadata.isEmpty || !provided.isEmpty else { return own }
        return metadata.merging(provided) { $1 }.merging(own) { $1 }
    }
}
