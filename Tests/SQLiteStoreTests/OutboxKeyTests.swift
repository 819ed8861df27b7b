import Accounts
import Foundation
import SQLiteStore
import Testing

@Suite("residency row 11: a waiting mail opens with its geo's key and with no other")
struct OutboxKeyTests {
    let folder = StoreFolderFixture()

    @Test("a key whose file is gone stops the start while mails wait for it, delivered ones aside")
    func missing() async throws {
        let mails = try await promiseTwoMails()
        try FileManager.default.removeItem(atPath: folder.outboxKey)
        #expect(folder.refusal() == .outboxKeyMissing(path: folder.outboxKey, sealed: 2))
        #expect(!FileManager.default.fileExists(atPath: folder.outboxKey))
        #expect(mails.count == 2)
    }

    @Test("another key stops the start while mails wait, and the right one put back opens them")
    func wrong() async throws {
        let mails = try await promiseTwoMails()
        let right = try Data(contentsOf: URL(fileURLWithPath: folder.outboxKey))
        try overwriteKey(with: Data(repeating: 7, count: 32))
        #expect(folder.refusal() == .outboxKeyWrong(path: folder.outboxKey, sealed: 2))
        try overwriteKey(with: right)
        let store = try folder.open()
        #expect(try await store.dueMails(at: StoreFixtures.now, limit: 10) == mails)
        try await store.close()
    }

    @Test("a new key is taken where no mail waits")
    func replaced() async throws {
        let mails = try await promiseTwoMails()
        var store = try folder.open()
        for mail in mails { try await store.mailDelivered(mail.id, at: StoreFixtures.now) }
        try await store.close()
        try FileManager.default.removeItem(atPath: folder.outboxKey)
        store = try folder.open()
        try await store.close()
        #expect(try folder.mode(of: folder.outboxKey) == 0o600)
        try overwriteKey(with: Data(repeating: 7, count: 32))
        store = try folder.open()
        try await store.close()
    }

    @Test("a dead letter still needs its key")
    func deadLetter() async throws {
        let mails = try await promiseTwoMails()
        let store = try folder.open()
        try await store.mailDelivered(mails[0].id, at: StoreFixtures.now)
        try await store.mailFailed(mails[1].id, at: StoreFixtures.now, problem: "550")
        try await store.close()
        try FileManager.default.removeItem(atPath: folder.outboxKey)
        #expect(folder.refusal() == .outboxKeyMissing(path: folder.outboxKey, sealed: 1))
    }

    @Test("the secret of an identity provider needs its key as a mail does")
    func providerSecret() async throws {
        let store = try folder.open()
        let office = try StoreOffice(store: store)
        var provider = IdentityProviderDraft()
        provider.issuer = "https://identity.example"
        provider.clientID = "portal"
        provider.secret = "sealed"
        _ = try await office.flows.identityProviders.create(provider, of: office.portal(), by: .operator)
        try await store.close()
        try FileManager.default.removeItem(atPath: folder.outboxKey)
        #expect(folder.refusal() == .outboxKeyMissing(path: folder.outboxKey, sealed: 1))
    }

    @Test("a key that others may read is refused", arguments: [0o644, 0o640, 0o604, 0o660])
    func openMode(mode: Int) async throws {
        try await folder.open().close()
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: folder.outboxKey)
        let reason = "mode 0\(String(mode, radix: 8))"
        #expect(folder.refusal() == .outboxKeyUnusable(path: folder.outboxKey, reason: reason))
        try FileManager.default.setAttributes([.posixPermissions: 0o400], ofItemAtPath: folder.outboxKey)
        #expect(folder.refusal() == nil)
    }

    @Test("a key of another length is refused", arguments: [0, 16, 31, 33, 64])
    func length(count: Int) async throws {
        try await folder.open().close()
        try overwriteKey(with: Data(repeating: 7, count: count))
        #expect(folder.refusal() == .outboxKeyUnusable(path: folder.outboxKey, reason: "\(count) bytes"))
    }

    @Test("a mail that was sealed elsewhere becomes a dead letter and holds up no other")
    func foreignMail() async throws {
        let mails = try await promiseTwoMails()
        let other = StoreFolderFixture()
        let elsewhere = try other.open()
        let portal = try StoreFixtures.portal()
        try await elsewhere.create(portal)
        try await elsewhere.add(StoreFixtures.developer("eve@example.com", at: portal), mails: [StoreFixtures.mail()])
        let foreign = try await elsewhere.sealedTexts()
        try await elsewhere.close()
        let store = try folder.open()
        try await store.replaceSealedText(of: mails[0].id, by: #require(foreign.first))
        #expect(try await store.dueMails(at: StoreFixtures.now, limit: 10) == [mails[1]])
        #expect(try await store.dueMails(at: StoreFixtures.now, limit: 10) == [mails[1]])
        try await store.mailDelivered(mails[1].id, at: StoreFixtures.now)
        #expect(try await store.nextMailDue() == nil)
        try await store.close()
    }

    private func promiseTwoMails() async throws -> [OutboxMail] {
        let store = try folder.open()
        let portal = try StoreFixtures.portal()
        try await store.create(portal)
        let mails = try [StoreFixtures.mail(), StoreFixtures.mail(to: "eve@example.com")]
        try await store.add(StoreFixtures.developer("jane@example.com", at: portal), mails: mails)
        try await store.close()
        return mails
    }

    private func overwriteKey(with bytes: Data) throws {
        let handle = try FileHandle(forUpdating: URL(fileURLWithPath: folder.outboxKey))
        try handle.truncate(atOffset: 0)
        try handle.write(contentsOf: bytes)
        try handle.close()
    }
}
