import Accounts
import Foundation
import Geography
import SQLiteStore
import Testing

@Suite("residency row 10: a store opens in its own geo and in no other")
struct GeoStampTests {
    let folder = StoreFolderFixture()

    @Test(
        "the store of another geo is refused, be it the id or the number that differs",
        arguments: [("us", 2), ("us", 1), ("eu", 2)])
    func otherGeo(id: String, number: Int) async throws {
        try await folder.open().close()
        let before = try Data(contentsOf: URL(fileURLWithPath: folder.store))
        let refusal = SQLiteStoreError.otherGeo(
            path: folder.store, expected: "\(id) (number \(number))", found: "eu (number 1)")
        #expect(folder.refusal(as: .make(id, number)) == refusal)
        #expect(folder.refusal(as: .make(id, number), use: .administration) == refusal)
        #expect(try Data(contentsOf: URL(fileURLWithPath: folder.store)) == before)
        try await folder.open().close()
    }

    @Test("a copy of the files, taken elsewhere, is refused there, however it was copied", arguments: [false, true])
    func copy(withLog: Bool) async throws {
        let store = try folder.open()
        try await store.create(StoreFixtures.portal())
        // A copy of a store in use needs its log; one of a closed store has none.
        if !withLog { try await store.close() }
        let elsewhere = StoreFolderFixture()
        try FileManager.default.copyItem(atPath: folder.path, toPath: elsewhere.path)
        if withLog { try await store.close() }
        let refusal = SQLiteStoreError.otherGeo(path: elsewhere.store, expected: "us (number 2)", found: "eu (number 1)")
        #expect(elsewhere.refusal(as: .us) == refusal)
        try await elsewhere.open().close()
    }
}
