import APIDocuments

/// Operations under one heading.
struct OperationGroup {
    /// Nil where one heading over all operations says enough.
    let title: String?
    let description: Markdown?
    let link: APILink?
    let operations: [APIOperation]
}

extension APIOperation {
    /// A summary that is longer is no heading.
    private static let longestTitle = 120

    /// What it is called in a heading.
    var title: String {
        let names = [summary, operationID].compactMap(\.self)
        let name = names.first { !$0.allSatisfy(\.isWhitespace) && $0.count <= Self.longestTitle }
        return name ?? "\(method.name) \(path)"
    }
}
