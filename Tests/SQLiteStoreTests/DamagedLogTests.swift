import Accounts
import Foundation
import SQLiteStore
import Testing

@Suite("A write-ahead log that a node has left behind when it died")
struct DamagedLogTests {
    private static let frame = 24 + 4096
    private let folder = StoreFolderFixture()
    private let died = StoreFolderFixture()

    /// A folder as a node leaves it that is killed: several commits stand in the log.
    private func die() async throws {
        let store = try folder.open()
        for name in ["one", "two", "three", "four"] { try await store.create(StoreFixtures.portal(name)) }
        try FileManager.default.copyItem(atPath: folder.path, toPath: died.path)
        try FileManager.default.removeItem(atPath: "\(died.path)/store.lock")
        try await store.close()
        #expect(try died.size(of: died.log) > 8 * Self.frame)
    }

    private func damage(at offset: Int, count: Int = 16) throws {
        let handle = try FileHandle(forUpdating: URL(fileURLWithPath: died.log))
        try handle.seek(toOffset: UInt64(offset))
        try handle.write(contentsOf: Data(repeating: 0xA5, count: count))
        try handle.close()
    }

    private func expectDamaged(_ words: String) {
        guard case .damaged(died.store, let reason) = died.refusal() else {
            Issue.record("expected the store to be called damaged, found \(String(describing: died.refusal()))")
            return
        }
        #expect(reason.contains(words))
    }

    @Test("is taken up where it is whole")
    func whole() async throws {
        try await die()
        let store = try died.open()
        #expect(try await store.portals(page: PageRequest()).total == 4)
        try await store.close()
    }

    @Test("is refused where an acknowledged commit cannot be read, and left as it is", arguments: [0, 4, 20, 24, 2000])
    func damagedFrame(offset: Int) async throws {
        try await die()
        try damage(at: 32 + 2 * Self.frame + offset, count: 4)
        let before = try Data(contentsOf: URL(fileURLWithPath: died.log))
        expectDamaged("frame 3 ")
        #expect(try Data(contentsOf: URL(fileURLWithPath: died.log)) == before)
    }

    @Test("is refused where its head cannot be read")
    func damagedHead() async throws {
        try await die()
        try damage(at: 8)
        expectDamaged("the head")
    }

    @Test("is taken up without its last transaction where that is not whole, as after a power cut")
    func torn() async throws {
        try await die()
        let length = try died.size(of: died.log)
        try damage(at: length - 100)
        let store = try died.open()
        #expect(try await store.portals(page: PageRequest()).total >= 3)
        try await store.close()
    }

    @Test("is taken up where it was cut off within a frame, as after a power cut")
    func cut() async throws {
        try await die()
        let handle = try FileHandle(forUpdating: URL(fileURLWithPath: died.log))
        try handle.truncate(atOffset: UInt64(try died.size(of: died.log) - 100))
        try handle.close()
        let store = try died.open()
        try await store.close()
    }
}
