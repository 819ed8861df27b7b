/// What may still be put into a model.
///
/// A reference type, because every part of the reading draws on it; it is used by one thread while a document is read.
final class ModelBudget {
    private var rows: Int
    private var entries: Int
    private var bytes: Int
    private var steps: Int
    /// Whether something had to be left out.
    private(set) var isExceeded = false

    /// Half of what the limits allow: operations have one half and the components the other, so that neither starves the other.
    init(halfOf limits: DocumentLimits) {
        rows = limits.documentRows / 2
        entries = limits.documentEntries / 2
        bytes = limits.modelBytes / 2
        steps = limits.steps / 2
    }

    var hasRows: Bool { rows > 0 }

    /// For how many of so many rows there is room.
    func takeRows(_ count: Int) -> Int { takeSome(count, of: \.rows) }

    /// For how many of so many parameters, responses, media types and the like there is room.
    func takeEntries(_ count: Int) -> Int { takeSome(count, of: \.entries) }

    /// Whether so many members may be looked at.
    func takeSteps(_ count: Int) -> Bool { take(count, of: \.steps) }

    /// Whether there is room for so many bytes of text.
    func takeBytes(_ count: Int) -> Bool { take(count, of: \.bytes) }

    /// Tells that something was left out because of another limit.
    func leaveOut() { isExceeded = true }

    private func takeSome(_ count: Int, of path: ReferenceWritableKeyPath<ModelBudget, Int>) -> Int {
        let taken = min(count, self[keyPath: path])
        if taken < count { isExceeded = true }
        self[keyPath: path] -= taken
        return taken
    }

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
