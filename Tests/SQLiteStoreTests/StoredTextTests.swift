import Accounts
import Foundation
import Geography
import Testing

@testable import SQLiteStore

@Suite("residency row 11: no secret stands in the store's files in the clear", .timeLimit(.minutes(5)))
struct StoredTextTests {
    private static let address = "Zyxwvut.Canary@Qponmlk.Example"
    private static let name = "Wilhelmina Canarybird"
    private static let password = "a canary's own password"

    let folder = StoreFolderFixture()

    @Test("tokens, passwords and mails never stand there in the clear, not even while they are in use")
    func secrets() async throws {
        let office = try StoreOffice(store: folder.open())
        let portal = try await office.portal()
        let secrets = try await office.signUp(Self.name, Self.address, Self.password, at: portal)
        let session = try await office.flows.logIn.authenticate(username: Self.address, password: Self.password, at: portal)
            .session
        let admin = try await office.flows.admins.createToken(for: "admin@example.com", named: "laptop")
        try await office.flows.recovery.forgotPassword(email: Self.address, at: portal)
        let reset = try await office.mailedToken()
        expectAbsent(
            secrets + [
                reset, session.access.value, session.refresh.value, admin.value, Self.password, "/login?token=",
                "Reset your password",
            ])
        try await office.store.close()
        expectAbsent(secrets + [reset, session.access.value, session.refresh.value, admin.value, Self.password])
    }

    @Test("after delivery, deletion and closing nothing of a developer is left")
    func deleted() async throws {
        let office = try StoreOffice(store: folder.open())
        let portal = try await office.portal()
        let secrets = try await office.signUp(Self.name, Self.address, Self.password, at: portal)
        expectPresent(Self.name)
        try await office.deliverAll()
        try await office.delete(Self.address, at: portal)
        try await office.store.close()
        expectAbsent(secrets + [Self.name, Self.address, "Canary", Self.password])
    }

    @Test("a delivered mail's text is erased while the developer stays")
    func delivered() async throws {
        let office = try StoreOffice(store: folder.open())
        let portal = try await office.portal()
        _ = try await office.signUp(Self.name, Self.address, Self.password, at: portal)
        let sealed = try await office.store.sealedTexts()
        #expect(sealed.count == 1)
        try await office.deliverAll()
        #expect(try await office.store.sealedTexts().isEmpty)
        try await office.store.close()
        for text in sealed { #expect(!folder.contains(text)) }
        expectPresent(Self.name)
    }

    @Test("after closing, the one file holds everything")
    func oneFile() async throws {
        let office = try StoreOffice(store: folder.open())
        let portal = try await office.portal()
        _ = try await office.signUp(Self.name, Self.address, Self.password, at: portal)
        _ = try await office.store.developers(in: portal.id, matching: DeveloperFilter(), page: PageRequest())
        try await office.store.close()
        for side in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: folder.store + side) }
        let store = try folder.open()
        let address = try EmailAddress(Self.address)
        #expect(try await store.developer(with: address, in: portal.id)?.fullName.value == Self.name)
        try await store.close()
    }

    @Test("a deleted developer is erased soon after a reader held that up, though nobody writes again")
    func heldUp() async throws {
        var limits = SQLiteStore.Limits()
        limits.erasurePause = .milliseconds(1)
        let office = try StoreOffice(store: folder.open(limits: limits))
        let portal = try await office.portal()
        _ = try await office.signUp(Self.name, Self.address, Self.password, at: portal)
        let gate = await office.store.holdReader()
        try await office.delete(Self.address, at: portal)
        expectPresent(Self.name)
        gate.open()
        while folder.contains(Self.name) {
            try Task.checkCancellation()
            await Task.yield()
        }
        try await office.store.close()
    }

    @Test("a deleted developer is erased at the next start where the process died before it was done")
    func died() async throws {
        let office = try StoreOffice(store: folder.open())
        let portal = try await office.portal()
        _ = try await office.signUp(Self.name, Self.address, Self.password, at: portal)
        try await office.deliverAll()
        // A reader holds up the erasure, as a backup would; copying the files is what a crash leaves of them.
        let remains = try await office.store.read { [path = folder.path] _ in
            try Self.deleteAndCopy(office: office, portal: portal, from: path)
        }
        #expect(remains.contains(Self.name))
        let restarted = try remains.open()
        #expect(!remains.contains(Self.name))
        try await restarted.close()
        try await office.store.close()
    }

    /// Deletes the developer while the calling reader is open, and copies the store's files as they are then.
    private static func deleteAndCopy(office: StoreOffice, portal: Portal, from path: String) throws -> StoreFolderFixture {
        let deleted = Gate()
        Task {
            try await office.delete(address, at: portal)
            // Another write comes after the erasure that the reader held up.
            _ = await office.store.isWritable()
            deleted.open()
        }
        deleted.wait()
        let copy = StoreFolderFixture()
        try FileManager.default.createDirectory(atPath: copy.path, withIntermediateDirectories: true)
        for file in ["store.sqlite", "store.sqlite-wal", "outbox.key"] {
            try FileManager.default.copyItem(atPath: "\(path)/\(file)", toPath: "\(copy.path)/\(file)")
        }
        return copy
    }

    private func expectPresent(_ text: String) { #expect(folder.contains(text), "expected \(text) somewhere") }

    private func expectAbsent(_ texts: [String]) {
        for text in texts {
            for form in Set([text, text.lowercased(), text.uppercased()]) { #expect(!folder.contains(form), "found \(form)") }
            for form in text.base64Middles { #expect(!folder.contains(form), "found \(text) in base64") }
        }
    }
}

extension String {
    /// What any base64 text that holds this string must hold, for each of the three places where it can begin.
    fileprivate var base64Middles: [String] {
        (0..<3).map { shift in
            let bytes = Data(repeating: 0, count: shift) + Data(utf8)
            let whole = bytes.prefix(bytes.count / 3 * 3).base64EncodedString()
            return String(whole.dropFirst(shift == 0 ? 0 : 4))
        }
    }
}
