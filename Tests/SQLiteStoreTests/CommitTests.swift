import Accounts
import Foundation
import GRDB
import Testing

@testable import SQLiteStore

@Suite("Group commit", .serialized, .timeLimit(.minutes(5)))
struct CommitTests {
    let folder = StoreFolderFixture()

    @Test("writes that wait at the same moment share a commit, up to the limit of a group")
    func shared() async throws {
        var limits = SQLiteStore.Limits()
        limits.groupSize = 20
        let (store, portal) = try await opened(limits)
        let before = store.statistics
        let gate = await store.holdWriter()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<50 {
                let developer = try StoreFixtures.developer("dev\(number)@example.com", at: portal)
                group.addTask { try await store.add(developer) }
            }
            try await store.waitForBacklog(of: 50)
            gate.open()
            try await group.waitForAll()
        }
        #expect(store.statistics.writes - before.writes == 51)
        #expect(store.statistics.commits - before.commits == 4)
        #expect(store.statistics.largestGroup == 20)
        #expect(try await store.developers(in: portal.id, matching: .init(), page: .init()).total == 50)
        try await store.close()
    }

    @Test("a write that throws is taken back alone; its neighbours in the commit are written")
    func alone() async throws {
        let (store, portal) = try await opened()
        let gate = await store.holdWriter()
        let outcomes = try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in 0..<20 {
                let developer = try StoreFixtures.developer("dev\(number)@example.com", at: portal)
                group.addTask {
                    do {
                        try await store.commits.perform { database, _ in
                            try database.save(developer, over: nil)
                            if number.isMultiple(of: 4) { throw Mishap() }
                        }
                        return true
                    } catch is Mishap { return false }
                }
            }
            try await store.waitForBacklog(of: 20)
            gate.open()
            return try await group.reduce(into: [Bool]()) { $0.append($1) }
        }
        #expect(outcomes.filter { !$0 }.count == 5)
        let kept = try await store.developers(in: portal.id, matching: .init(), page: .init(size: 100))
        let numbers = kept.elements.compactMap { Int($0.email.value.dropFirst(3).prefix { $0 != "@" }) }.sorted()
        #expect(numbers == (0..<20).filter { !$0.isMultiple(of: 4) })
        try await store.close()
    }

    @Test("where the commit itself fails everybody in it is refused, and nothing of it is there")
    func commitFails() async throws {
        let (store, portal) = try await opened()
        let developers = try (0..<10).map { try StoreFixtures.developer("dev\($0)@example.com", at: portal) }
        let gate = await store.holdWriter()
        let refusals = try await withThrowingTaskGroup(of: Bool.self) { group in
            for (number, developer) in developers.enumerated() {
                group.addTask {
                    do {
                        try await store.commits.perform { database, _ in
                            try database.save(developer, over: nil)
                            // What SQLite does on its own when the disk fails under a statement.
                            if number == 5 { try database.execute(sql: "ROLLBACK") }
                        }
                        return false
                    } catch StoreError.unavailable { return true } catch { return false }
                }
            }
            try await store.waitForBacklog(of: 10)
            gate.open()
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(refusals == 10)
        #expect(try await store.developers(in: portal.id, matching: .init(), page: .init()).total == 0)
        try await store.add(developers[0])
        #expect(try await store.developer(developers[0].id, in: portal.id) == developers[0])
        try await store.close()
    }

    @Test("a full disk refuses writes as unavailable; reading goes on, and writing when there is room again")
    func full() async throws {
        let (store, portal) = try await opened()
        let first = try StoreFixtures.developer("first@example.com", at: portal)
        try await store.add(first)
        try await store.limitPages(to: 1)
        var refusal: StoreError?
        for number in 0..<200 where refusal == nil {
            let name = String(repeating: "n", count: 250)
            do {
                try await store.add(StoreFixtures.developer("dev\(number)@example.com", at: portal, name: name))
            } catch { refusal = error as? StoreError }
        }
        guard case .unavailable(let reason) = refusal else {
            Issue.record("expected the store to be unavailable, found \(String(describing: refusal))")
            return
        }
        #expect(reason == "SQLite failed with code 13 (database or disk is full)")
        let kept = try await store.developers(in: portal.id, matching: .init(), page: .init()).total
        #expect(try await store.developer(first.id, in: portal.id) == first)
        try await store.limitPages(to: 1_000_000)
        try await store.add(StoreFixtures.developer("last@example.com", at: portal))
        #expect(try await store.developers(in: portal.id, matching: .init(), page: .init()).total == kept + 1)
        try await store.integrityCheck()
        try await store.close()
    }

    @Test("closing waits for the writes that wait, and refuses later ones and reads")
    func closing() async throws {
        let (store, portal) = try await opened()
        let developers = try (0..<10).map { try StoreFixtures.developer("dev\($0)@example.com", at: portal) }
        let gate = await store.holdWriter()
        let writes = Task {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for developer in developers { group.addTask { try await store.add(developer) } }
                try await group.waitForAll()
            }
        }
        try await store.waitForBacklog(of: 10)
        let closing = Task { try await store.close() }
        gate.open()
        try await writes.value
        try await closing.value
        await #expect(throws: StoreError.self) { try await store.add(developers[0]) }
        await #expect(throws: StoreError.self) { try await store.portal(portal.id) }
        #expect(await store.isWritable() == false)
        try await store.close()
        let reopened = try folder.open()
        #expect(try await reopened.developers(in: portal.id, matching: .init(), page: .init()).total == 10)
        try await reopened.close()
    }

    @Test("a cancelled task's write is done and answered")
    func cancelled() async throws {
        let (store, portal) = try await opened()
        let developer = try StoreFixtures.developer("jane@example.com", at: portal)
        let gate = await store.holdWriter()
        let write = Task { try await store.add(developer) }
        try await store.waitForBacklog(of: 1)
        write.cancel()
        gate.open()
        try await write.value
        #expect(try await store.developer(developer.id, in: portal.id) == developer)
        try await store.close()
    }

    @Test("more waiting writes than the backlog holds are refused, and the others done")
    func backlog() async throws {
        var limits = SQLiteStore.Limits()
        limits.backlog = 3
        let (store, portal) = try await opened(limits)
        let developers = try (0..<4).map { try StoreFixtures.developer("dev\($0)@example.com", at: portal) }
        let gate = await store.holdWriter()
        let writes = developers.prefix(3).map { developer in Task { try await store.add(developer) } }
        try await store.waitForBacklog(of: 3)
        await #expect(throws: StoreError.unavailable("more than 3 writes wait for the disk")) {
            try await store.add(developers[3])
        }
        gate.open()
        for write in writes { try await write.value }
        #expect(try await store.developers(in: portal.id, matching: .init(), page: .init()).total == 3)
        try await store.close()
    }

    @Test("reading goes on while a write is on its way")
    func reading() async throws {
        let (store, portal) = try await opened()
        let gate = await store.holdWriter()
        #expect(try await store.portal(portal.id) == portal)
        gate.open()
        try await store.close()
    }

    @Test("a step that changes nothing goes to the disk as one that does, so its time tells nothing")
    func emptyStep() async throws {
        let (store, portal) = try await opened()
        let before = try folder.size(of: folder.log)
        let nobody = AccountKey.address(try EmailAddress("nobody@example.com"))
        try await store.step(on: nobody, in: portal.id) { _ in AccountDecision() }
        #expect(try folder.size(of: folder.log) > before)
        try await store.close()
    }

    private func opened(_ limits: SQLiteStore.Limits = .init()) async throws -> (SQLiteStore, Portal) {
        let store = try folder.open(limits: limits)
        let portal = try StoreFixtures.portal()
        try await store.create(portal)
        return (store, portal)
    }
}

private struct Mishap: Error {}

extension SQLiteStore {
    /// The most pages that the store's file may have; what it has already stays.
    fileprivate func limitPages(to count: Int) async throws {
        try await commits.perform { database, _ in try database.execute(sql: "PRAGMA max_page_count = \(count)") }
    }
}
