/// Where finished log lines go.
public protocol LogSink: Sendable {
    /// Takes one whole line in UTF-8, its line feed included. May be called from any thread.
    func write(_ line: [UInt8])
}
