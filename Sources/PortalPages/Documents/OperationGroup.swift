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
    /// What it is called in a heading.
    var title: String {
        [summary, operationID].compactMap(\.self).first { !$0.allSatisfy(\.isWhitespace) } ?? "\(method.name) \(path)"
    }
}
