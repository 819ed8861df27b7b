import Foundation

/// What a border between geos must withstand: bytes of clients, and bytes of nodes, kept as files that a person can read.
public enum BorderCorpus {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()

    /// What a smuggler wants a node to see: a whole request for a host of another geo.
    private static let prize = "GET /prize HTTP/1.1\\r\\nHost: {us}\\r\\n\\r\\n"

    /// The cases of `Requests/`.
    ///
    /// - Parameters:
    ///   - eu: the host of a portal in eu, as a client writes it.
    ///   - us: the same in us.
    public static func requests(eu: String, us: String) throws -> [CorpusCase] {
        let secret = String(repeating: "A", count: 43)
        let values = ["eu": eu, "us": us, "prize": prize, "us-access": "ptla_us_\(secret)", "eu-access": "ptla_eu_\(secret)"]
        return try files(in: "Requests").flatMap { try $0.cases(values) }
    }

    /// The cases of `Answers/`: what is sent is a node's answer to a request of the client.
    public static func answers() throws -> [AnswerCase] {
        try files(in: "Answers").flatMap { try $0.cases([:]).map(AnswerCase.init) }
    }

    private static func files(in name: String) throws -> [CorpusFile] {
        let folder = folder.appendingPathComponent(name)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".txt") }.sorted()
        return try names.map { name in
            try CorpusFile(
                String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8), named: String(name.dropLast(4)))
        }
    }
}
