import Accounts
import ChildProcesses
import Foundation
import SQLiteStore
import Testing

@Suite("One folder, several programs")
struct SharingTests {
    let folder = StoreFolderFixture()

    @Test("a folder in use is refused with the holder's process, and free after closing")
    func inUse() async throws {
        let store = try folder.open()
        #expect(folder.refusal() == .folderInUse(path: folder.path, holder: String(getpid())))
        try await store.close()
        try await folder.open().close()
    }

    @Test("a folder that another process holds is refused until that process is dead")
    func otherProcess() async throws {
        try await folder.open().close()
        let holder = try ChildProcess(
            "/usr/bin/env",
            ["flock", "--no-fork", "--exclusive", "\(folder.path)/store.lock", "sh", "-c", "echo held; read line"])
        #expect(try await holder.firstLine() == "held")
        guard case .folderInUse(let path, _) = folder.refusal() else {
            Issue.record("expected the folder to be in use")
            return
        }
        #expect(path == folder.path)
        holder.signal(SIGKILL)
        await holder.end()
        try await folder.open().close()
    }

    @Test("a store that was let go without closing frees its folder")
    func letGo() throws {
        do { _ = try folder.open() }
        #expect(folder.refusal() == nil)
    }

    @Test("a command may read and write beside a serving node, and each sees what the other did")
    func administration() async throws {
        let node = try folder.open()
        let command = try folder.open(use: .administration)
        let portal = try StoreFixtures.portal()
        try await node.create(portal)
        #expect(try await command.portal(portal.id) == portal)
        let developers = try (0..<40).map { try StoreFixtures.developer("dev\($0)@example.com", at: portal) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (index, developer) in developers.enumerated() {
                group.addTask {
                    try await (index.isMultiple(of: 2) ? node : command).add(developer, mails: [StoreFixtures.mail()])
                }
            }
            try await group.waitForAll()
        }
        for store in [node, command] {
            #expect(try await store.developers(in: portal.id, matching: .init(), page: .init()).total == 40)
            #expect(try await store.dueMails(at: StoreFixtures.now, limit: 100).count == 40)
        }
        try await command.close()
        #expect(await node.isWritable())
        try await node.close()
    }
}
