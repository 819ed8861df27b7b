import StoreConformance
import Testing

@Suite("The SQLite store keeps the words of the store's protocols")
struct SQLiteConformanceTests {
    @Test("the store keeps its word", .timeLimit(.minutes(5)), arguments: StoreConformance.cases)
    func conforms(to sentence: ConformanceCase) async throws {
        try await sentence.run(on: SQLiteStoreHost())
    }
}
