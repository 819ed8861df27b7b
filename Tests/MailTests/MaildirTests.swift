import Accounts
import Foundation
import Testing

@testable import Mail

@Suite("The maildir")
struct MaildirTests {
    private let folder: TemporaryFolder
    private var path: String { "\(folder.path)/mail" }

    init() throws {
        folder = try TemporaryFolder()
    }

    private func deliver(_ mail: OutboxMail) async throws {
        try await MaildirTransport(folder: path).deliver(MailRendering(sender: Samples.sender).render(mail))
    }

    @Test("shows what was written, newest first and decoded")
    func roundTrip() async throws {
        let older = try Samples.mail(to: "jane@bücher.example", portal: "開発者ポータル 開発者ポータル 開発者ポータル")
        let newer = try Samples.mail(createdAt: Samples.start.adding(.seconds(1)))
        try await deliver(newer)
        try await deliver(older)
        let mails = try Maildir(folder: path).mails(limit: 10)
        #expect(mails.map(\.id) == [newer.id, older.id])
        let mail = try #require(mails.last)
        #expect(mail.recipient == "jane@xn--bcher-kva.example")
        #expect(mail.subject == "Verify your e-mail address for 開発者ポータル 開発者ポータル 開発者ポータル")
        #expect(mail.date == "Mon, 21 Sep 2026 14:13:20 +0000")
        let letter = try Letter(MailWording(older.message))
        #expect(mail.text == letter.text && mail.html == letter.html)
        #expect(try Maildir(folder: path).mails(limit: 1).map(\.id) == [newer.id])
        #expect(try Maildir(folder: path).mail(older.id.description) == mail)
    }

    @Test("has a mail once, however often it is delivered, and no drafts")
    func once() async throws {
        let mail = try Samples.mail()
        for _ in 0..<3 { try await deliver(mail) }
        let files = try FileManager.default.contentsOfDirectory(atPath: path)
        #expect(files == ["20260921T141320.000Z-\(mail.id).eml"])
        let attributes = try FileManager.default.attributesOfItem(atPath: "\(path)/\(files[0])")
        #expect(attributes[.posixPermissions] as? Int == 0o600)
    }

    @Test(
        "finds nothing by an id that is no mail's",
        arguments: ["../../etc/passwd", "", "0193c0de-0000-8001-8000-000000000001", "x\u{0}", "*"])
    func unknownID(id: String) async throws {
        try await deliver(Samples.mail())
        #expect(try Maildir(folder: path).mail(id) == nil)
    }

    @Test("is empty before the first mail")
    func empty() throws {
        #expect(try Maildir(folder: path).mails(limit: 10).isEmpty)
    }

    @Test("passes over files that are no mails, and names one that pretends to be")
    func strangers() async throws {
        try await deliver(Samples.mail())
        for name in ["notes.txt", ".hidden.eml", "mail.eml"] { _ = try folder.write("x", to: "mail/\(name)") }
        #expect(try Maildir(folder: path).mails(limit: 10).count == 1)
        let pretender = "20260921T141320.000Z-\(try Samples.mail().id).eml"
        _ = try folder.write("not a mail", to: "mail/\(pretender)")
        #expect(try Maildir(folder: path).mails(limit: 10).count == 1)
    }

    @Test("tells that its folder cannot be written, without naming anybody")
    func unwritable() async throws {
        _ = try folder.write("a file where the folder should be", to: "mail")
        do {
            try await deliver(Samples.mail())
            Issue.record("expected a failure")
        } catch let failure as DeliveryFailure {
            guard case .unavailable(let reason) = failure else {
                Issue.record("expected the transport to be unavailable")
                return
            }
            #expect(!reason.contains("jane"))
        }
    }
}
