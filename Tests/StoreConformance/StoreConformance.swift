/// What the protocols of a geo's store promise (``ConformingStore``), for any store to be held to.
///
/// A store's test target needs a ``StoreHost`` and one test:
///
/// ```swift
/// @Test("the store keeps its protocols' words", arguments: StoreConformance.cases)
/// func conforms(to sentence: ConformanceCase) async throws {
///     try await sentence.run(on: MyStoreHost())
/// }
/// ```
public enum StoreConformance {
    public static let cases =
        steps + tokens + developers + listing + deletion + sessions + portals + signOn + look + mailTemplates + catalog + admins
        + console
        + outbox + mailQueue + audit
        + retention
}
