import Testing

/// One sentence of the store's protocols, and how it is checked.
public struct ConformanceCase: Sendable, CustomTestStringConvertible {
    public let sentence: String
    private let check: @Sendable (StoreBench) async throws -> Void

    init(_ sentence: String, check: @escaping @Sendable (StoreBench) async throws -> Void) {
        self.sentence = sentence
        self.check = check
    }

    public var testDescription: String { sentence }

    /// Opens a store, checks the sentence on it, and closes it.
    public func run(on host: any StoreHost) async throws {
        do {
            try await check(StoreBench(host: host))
        } catch {
            try await host.close()
            throw error
        }
        try await host.close()
    }
}
