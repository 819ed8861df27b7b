import Languages

/// The problems that were found so far, each once.
///
/// A reference type, because every part of the reading adds to it; it is used by one thread while a document is read.
final class ProblemLog {
    private(set) var problems: [DocumentProblem] = []
    private var known: Set<DocumentProblem> = []
    private let limit: Int

    init(limit: Int) { self.limit = max(1, limit) }

    var isFull: Bool { problems.count >= limit }

    func add(_ reason: Wording, at part: Part) {
        guard !isFull else { return }
        let problem = DocumentProblem(reason, at: part.pointer, place: part.value.place)
        if known.insert(problem).inserted { problems.append(problem) }
    }

    /// - Throws: ``DocumentRefusal/invalid(_:)`` where there is a problem.
    func finish() throws(DocumentRefusal) {
        guard problems.isEmpty else { throw .invalid(problems) }
    }
}
