/// How the writes of a store were grouped since it was opened.
public struct CommitStatistics: Hashable, Sendable {
    /// Transactions that were committed.
    public internal(set) var commits = 0
    /// Writes that were answered after one of them.
    public internal(set) var writes = 0
    /// The most writes that one transaction had.
    public internal(set) var largestGroup = 0
}
