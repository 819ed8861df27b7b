/// Why a document is not taken.
public enum DocumentRefusal: Error, Equatable, Sendable, CustomStringConvertible {
    /// A limit of ``DocumentLimits`` is passed.
    case tooLarge(DocumentProblem)
    /// The bytes are no JSON and no YAML, or use what is not taken of YAML.
    case malformed(DocumentProblem)
    /// The document is none of OpenAPI 3.0 or 3.1.
    case unsupported(DocumentProblem)
    /// The document breaks the rules of OpenAPI; at least one problem, at most ``DocumentLimits/problems``.
    case invalid([DocumentProblem])

    public var problems: [DocumentProblem] {
        switch self {
        case .tooLarge(let problem), .malformed(let problem), .unsupported(let problem): [problem]
        case .invalid(let problems): problems
        }
    }

    /// One line for each problem.
    public var description: String { problems.map(\.description).joined(separator: "\n") }
}
