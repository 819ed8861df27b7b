import Languages

/// Reads OpenAPI documents for the catalog, which knows neither JSON nor YAML.
public protocol SpecificationReader: Sendable {
    /// - Throws: ``SpecificationRefusal``; ``AccountError/busy(retryAfterSeconds:)`` where too many documents wait.
    func read(_ content: [UInt8]) async throws -> SpecificationReading
}

/// What the catalog takes from a document, all of it plain text of bounded length.
public struct SpecificationReading: Hashable, Sendable {
    public let format: Specification.Format
    /// Which OpenAPI it follows: `3.1.0`.
    public let openAPI: String
    public let title: String
    public let version: String
    /// In the document's order.
    public let operations: [SpecificationOperation]
    /// What a search for the API looks through beside its own name and description.
    public let searchText: [String]

    public init(
        format: Specification.Format, openAPI: String, title: String, version: String, operations: [SpecificationOperation] = [],
        searchText: [String] = []
    ) {
        self.format = format
        self.openAPI = openAPI
        self.title = title
        self.version = version
        self.operations = operations
        self.searchText = searchText
    }
}

/// One operation of a document, as a search finds it.
public struct SpecificationOperation: Hashable, Sendable {
    /// As in a request line: `GET`.
    public let method: String
    public let path: String
    public let operationID: String?
    public let summary: String?
    public let tags: [String]
    /// Unique in the document, of `a` to `z`, digits and hyphens: its place on the page of its API.
    public let anchor: String

    public init(method: String, path: String, operationID: String?, summary: String?, tags: [String], anchor: String) {
        self.method = method
        self.path = path
        self.operationID = operationID
        self.summary = summary
        self.tags = tags
        self.anchor = anchor
    }

    /// In which a search looks for its words.
    public var searched: [String] { ["\(method) \(path)", operationID, summary].compactMap(\.self) + tags }
}

/// Why a document is not taken; at least one problem.
public struct SpecificationRefusal: Error, Hashable, Sendable {
    public let problems: [SpecificationProblem]

    public init(_ problems: [SpecificationProblem]) { self.problems = problems }
}

/// One thing that is wrong with a document.
public struct SpecificationProblem: Hashable, Sendable {
    /// Where, what was expected and what was found: `line 12, column 7, /info/title: expected a text, found a list`.
    public let wording: Wording
    /// The JSON pointer (RFC 6901) of the place; empty for the whole document.
    public let pointer: String

    public init(_ wording: Wording, pointer: String) {
        self.wording = wording
        self.pointer = pointer
    }
}

/// Takes no document; for flows that have nothing to do with any.
public struct NoSpecifications: SpecificationReader {
    public init() {}

    public func read(_ content: [UInt8]) async throws -> SpecificationReading {
        throw SpecificationRefusal([SpecificationProblem("documents are not taken here", pointer: "")])
    }
}
