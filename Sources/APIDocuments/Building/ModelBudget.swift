/// What may still be put into a model.
///
/// A reference type, because every part of the reading draws on it; it is used by one thread while a document is read.
final class ModelBudget {
    private var rows: Int
    private var bytes: Int
    private var steps: Int
    /// Whether something had to be left out.
    private(set) var isExceeded = false

    init(_ limits: DocumentLimits) {
        rows = limits.documentRows
        bytes = limits.modelBytes
        steps = limits.steps
    }

    /// Whether there is room for a row.
    func takeRow() -> Bool { take(1, of: \.rows) }

    /// Whether so many members may be looked at.
    func takeSteps(_ count: Int) -> Bool { take(count, of: \.steps) }

    /// Whether there is room for so many bytes of text.
    func takeBytes(_ count: Int) -> Bool { take(count, of: \.bytes) }

    /// Tells that something was left out because of another limit.
    func leaveOut() { isExceeded = true }

    private func take(_ count: Int, of path: ReferenceWritableKeyPath<ModelBudget, Int>) -> Bool {
        guard self[keyPath: path] >= count else {
            self[keyPath: path] = 0
            isExceeded = true
            return false
        }
        self[keyPath: path] -= count
        return true
    }
}
