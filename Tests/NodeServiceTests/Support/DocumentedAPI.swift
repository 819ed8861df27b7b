import Foundation
import Testing
import Yams

/// What an OpenAPI document says of its operations.
struct DocumentedAPI {
    struct Operation {
        let id: String
        let method: String
        let path: String
        let hasBody: Bool
        let isOpen: Bool
        let statuses: Set<String>
    }

    let operations: [Operation]
    /// The values of each component that is an enum.
    let choices: [String: [String]]

    init(yaml: String) throws {
        let document = try #require(try Yams.load(yaml: yaml) as? [String: Any])
        let components = try #require(document["components"] as? [String: [String: Any]])
        choices = (components["schemas"] ?? [:]).compactMapValues { ($0 as? [String: Any])?["enum"] as? [String] }
        let paths = try #require(document["paths"] as? [String: [String: Any]])
        operations = try paths.flatMap { path, item in
            try item.filter { $0.key != "parameters" }.map { method, value in
                let operation = try #require(value as? [String: Any])
                return Operation(
                    id: try #require(operation["operationId"] as? String), method: method.uppercased(), path: path,
                    hasBody: operation["requestBody"] != nil, isOpen: Self.isOpen(operation["security"]),
                    statuses: Set(try #require(operation["responses"] as? [String: Any]).keys))
            }
        }
    }

    var paths: Set<String> { Set(operations.map(\.path)) }

    func methods(of path: String) -> Set<String> { Set(operations.filter { $0.path == path }.map(\.method)) }

    /// Whether it may be called without a credential: no security is asked for, or an empty one is enough.
    private static func isOpen(_ security: Any?) -> Bool {
        guard let choices = security as? [[String: Any]] else { return false }
        return choices.isEmpty || choices.contains { $0.isEmpty }
    }
}
