/// Where a store under test lives; one host for each case, so that cases share nothing.
public protocol StoreHost: Sendable {
    /// Opens the store of ``StoreBench/geo``, empty at first; where it is open already, closes it and opens it again.
    func open() async throws -> any ConformingStore

    /// Closes the store and removes what it left.
    func close() async throws
}
