/// The samples of a page in the Prometheus text exposition format.
public struct MetricsReading: Sendable {
    public struct Sample: Sendable, Hashable {
        public let name: String
        public let labels: [String: String]
        public let value: Double
    }

    public let samples: [Sample]

    /// Takes every line that is a sample; others are left out.
    public init(_ page: String) {
        samples = page.split(separator: "\n").compactMap { line in
            guard !line.hasPrefix("#"), let end = line.lastIndex(of: " "), let value = Double(line[line.index(after: end)...])
            else {
                return nil
            }
            let head = line[..<end]
            guard let brace = head.firstIndex(of: "{") else { return Sample(name: String(head), labels: [:], value: value) }
            return Sample(name: String(head[..<brace]), labels: Self.labels(head[brace...]), value: value)
        }
    }

    /// The value of the first sample of a name that has these labels.
    public func value(_ name: String, _ labels: [String: String] = [:]) -> Double? { first(name, labels)?.value }

    public func first(_ name: String, _ labels: [String: String] = [:]) -> Sample? {
        samples.first { sample in sample.name == name && labels.allSatisfy { sample.labels[$0.key] == $0.value } }
    }

    private static func labels(_ text: Substring) -> [String: String] {
        var labels: [String: String] = [:]
        for match in text.matches(of: #/(\w+)="((?:[^"\\]|\\.)*)"/#) { labels[String(match.1)] = String(match.2) }
        return labels
    }
}
