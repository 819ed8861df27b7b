import AccountsTesting
import StoreConformance
import Testing

@Suite("The store that the rules are tested on keeps the words of the store's protocols")
struct InMemoryStoreTests {
    @Test("the store keeps its word", .timeLimit(.minutes(5)), arguments: StoreConformance.cases)
    func conforms(to sentence: ConformanceCase) async throws {
        try await sentence.run(on: InMemoryStoreHost())
    }
}

/// A store that outlives its closing, as memory does.
private struct InMemoryStoreHost: StoreHost {
    private let store = InMemoryStore()

    func open() async throws -> any ConformingStore { store }

    func close() async throws { store.endArrivals() }
}
