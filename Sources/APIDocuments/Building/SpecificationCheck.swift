import Languages

/// Whether a document is one of OpenAPI 3.0 or 3.1.
enum SpecificationCheck {
    /// - Throws: ``DocumentRefusal/unsupported(_:)``.
    static func check(_ root: Part) throws(DocumentRefusal) {
        guard root.value.object != nil else {
            throw .unsupported(problem("expected an OpenAPI document, found \(root.value.kind)", at: root))
        }
        if let other = root["swagger"] {
            throw .unsupported(
                problem(
                    "expected OpenAPI 3.0 or 3.1, found Swagger \(version(other)): convert the document to OpenAPI 3", at: other))
        }
        if let other = root["asyncapi"] {
            throw .unsupported(problem("expected OpenAPI 3.0 or 3.1, found AsyncAPI \(version(other))", at: other))
        }
        guard let openAPI = root["openapi"] else {
            throw .unsupported(problem("expected \"openapi\" with 3.0 or 3.1 and a third number, found no such member", at: root))
        }
        guard case .text(let text) = openAPI.value.content, isSupported(text) else {
            throw .unsupported(
                problem("expected 3.0 or 3.1 and a third number, as in \"3.1.0\", found \(openAPI.value.kind)", at: openAPI))
        }
    }

    private static func isSupported(_ version: String) -> Bool {
        let numbers = version.split(separator: ".", omittingEmptySubsequences: false)
        guard numbers.count == 3, numbers[0] == "3", numbers[1] == "0" || numbers[1] == "1", version.utf8.count <= 20 else {
            return false
        }
        return !numbers[2].isEmpty
    }

    private static func version(_ part: Part) -> String { PlainText.line(part.value.text ?? "", bytes: 20) }

    private static func problem(_ reason: Wording, at part: Part) -> DocumentProblem {
        DocumentProblem(reason, at: part.pointer, place: part.value.place)
    }
}
