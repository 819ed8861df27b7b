import Languages

/// Reads `paths` and `webhooks`.
struct PathReading {
    /// What was found, in the document's order.
    struct Found {
        var paths: [APIOperation] = []
        var webhooks: [APIOperation] = []
    }

    let context: ReadingContext
    let operations: OperationReading

    /// - Throws: ``DocumentRefusal/tooLarge(_:)`` for more operations than ``DocumentLimits/operations``.
    func operations(of root: Part) throws(DocumentRefusal) -> Found {
        var found = Found()
        var slugs = SlugBook()
        for (path, part) in context.members("paths", of: root, without: Extension.isNamed) where isPath(path, part) {
            try read(part, at: path, by: .client, into: &found.paths, &slugs)
        }
        for (name, part) in context.members("webhooks", of: root) {
            try read(part, at: name, by: .webhook, into: &found.webhooks, &slugs)
        }
        return found
    }

    private func isPath(_ path: String, _ part: Part) -> Bool {
        guard path.hasPrefix("/") else {
            context.problems.add("expected a path that begins with a slash, found \(Quotation.of(path))", at: part)
            return false
        }
        guard path.utf8.count <= context.limits.nameBytes else {
            context.problems.add("expected a path of at most \(context.limits.nameBytes) bytes", at: part)
            return false
        }
        return true
    }

    private func read(
        _ part: Part, at path: String, by caller: OperationReading.Caller, into list: inout [APIOperation],
        _ slugs: inout SlugBook
    ) throws(DocumentRefusal) {
        guard !context.problems.isFull, let (item, found) = context.pathItem(part) else { return }
        for (method, operation) in found {
            guard list.count < context.limits.operations else {
                let reason: Wording = "expected at most \(context.limits.operations) operations, found more"
                throw .tooLarge(DocumentProblem(reason, at: item.pointer, place: item.value.place))
            }
            let place = OperationReading.Place(method: method, path: context.label(path), item: item, caller: caller)
            if let operation = operations.operation(operation, at: place, slugs: &slugs) { list.append(operation) }
        }
    }
}
