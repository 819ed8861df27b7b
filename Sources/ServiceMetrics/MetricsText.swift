/// Metrics in the Prometheus text exposition format, version 0.0.4.
///
/// ```swift
/// var text = MetricsText()
/// text.family("portolan_node_mails", .gauge, "Mails that are kept, by state.")
/// text.sample(["state": "queued"], 3)
/// ```
public struct MetricsText: Sendable {
    public enum Kind: String, Sendable { case counter, gauge, histogram }

    public static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    public private(set) var text = ""
    private var name = ""

    public init() {}

    /// Begins the samples of one name.
    public mutating func family(_ name: String, _ kind: Kind, _ help: String) {
        self.name = name
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(kind.rawValue)\n"
    }

    public mutating func sample(_ labels: KeyValuePairs<String, String>, _ value: some Numeric & Sendable) {
        let list = labels.map { "\($0)=\"\(Self.escaped($1))\"" }.joined(separator: ",")
        text += labels.isEmpty ? "\(name) \(value)\n" : "\(name){\(list)} \(value)\n"
    }

    public mutating func sample(_ value: some Numeric & Sendable) { sample([:], value) }

    public mutating func samples(_ labels: KeyValuePairs<String, String>, of histogram: LatencyHistogram) {
        let own = labels.map { "\($0)=\"\(Self.escaped($1))\"," }.joined()
        let counts = histogram.cumulative
        for (bound, count) in zip(LatencyHistogram.bounds.map { "\($0)" } + ["+Inf"], counts) {
            text += "\(name)_bucket{\(own)le=\"\(bound)\"} \(count)\n"
        }
        let suffix = own.isEmpty ? "" : "{\(own.dropLast())}"
        text += "\(name)_sum\(suffix) \(histogram.seconds)\n\(name)_count\(suffix) \(counts.last ?? 0)\n"
    }

    private static func escaped(_ value: String) -> String {
        var escaped = ""
        for character in value {
            switch character {
            case "\\": escaped += "\\\\"
            case "\"": escaped += "\\\""
            case "\n": escaped += "\\n"
            default: escaped.append(character)
            }
        }
        return escaped
    }
}
