import Accounts
import SQLiteStore
import StoreConformance

/// A store in a folder of its own, for the conformance cases.
actor SQLiteStoreHost: StoreHost {
    private let folder = StoreFolderFixture()
    private var store: SQLiteStore?

    func open() async throws -> any ConformingStore {
        try await store?.close()
        let opened = try folder.open()
        store = opened
        return opened
    }

    func close() async throws {
        try await store?.close()
        store = nil
    }
}
