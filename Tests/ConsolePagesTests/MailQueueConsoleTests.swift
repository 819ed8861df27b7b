import Accounts
import PagesTesting
import Testing

@testable import ConsolePages

@Suite("The console's page of the mail queue")
struct MailQueueConsoleTests {
    private static let failure = "RCPT was answered with 550 5.1.1"

    /// Makes a dead letter of a mail to this address.
    private static func deadLetter(to address: String, at console: TestConsole) async throws -> MailID {
        let mail = try await console.waitingMail(address)
        await console.store.mailFailed(mail, at: console.clock.now, problem: failure)
        return mail
    }

    @Test("a queue without mails says so, and a viewer sees the way to it")
    func empty() async throws {
        let console = try await TestConsole()
        try await console.browse(as: .viewer) { browser in
            // The admins' own mails wait, in which they are told of their passwords.
            let page = try await browser.get("/mails?kind=confirm-email-address")
            #expect(page.status == .ok && page.contains("No mail here") && page.contains("href=\"/mails\" aria-current"))
        }
    }

    @Test("mails are listed with state, failure and portal, and filtered; nobody sees what they say")
    func list() async throws {
        let console = try await TestConsole()
        _ = try await Self.deadLetter(to: "dead@example.com", at: console)
        _ = try await console.waitingMail("waits@example.com")
        try await console.browse(as: .viewer) { browser in
            let all = try await browser.get("/mails")
            #expect(all.contains("dead@example.com") && all.contains("waits@example.com") && all.contains(Self.failure))
            #expect(all.contains("Verify the e-mail address") && all.contains("5 mails") && all.contains("1 attempt"))
            #expect(!all.contains("token=") && !all.contains("retry-all"))
            let dead = try await browser.get("/mails?state=dead_letter&portal=\(console.portal.id)&kind=confirm-email-address")
            #expect(dead.contains("dead@example.com") && !dead.contains("waits@example.com") && dead.contains("Show all"))
            #expect(try await browser.get("/mails?kind=reset-password").contains("No mail here"))
            #expect(try await browser.get("/mails?state=%3Cb%3E&portal=x").contains("waits@example.com"))
        }
    }

    @Test("a long queue is shown page by page")
    func pages() async throws {
        let console = try await TestConsole()
        for number in 0..<MailsView.pageSize + 1 { _ = try await console.waitingMail("p\(number)@example.com") }
        try await console.browse(as: .viewer) { browser in
            let first = try await browser.get("/mails?state=waiting")
            #expect(first.contains("p25@example.com") && !first.contains("p0@example.com"))
            #expect(first.contains("/mails?state=waiting&amp;page=2"))
            #expect(try await browser.get("/mails?state=waiting&page=2").contains("p0@example.com"))
        }
    }

    @Test("a mail is tried again by a button, and the list says so")
    func retry() async throws {
        let console = try await TestConsole()
        let mail = try await Self.deadLetter(to: "dead@example.com", at: console)
        try await console.browse(as: .approver) { browser in
            let page = try await browser.get("/mails/\(mail)")
            #expect(page.contains(Self.failure) && page.contains("dead letter") && page.contains("Link valid until"))
            let answer = try await browser.submit(page, to: "/mails/\(mail)", ["step": "retry"])
            #expect(answer.location == "/mails?done=retry")
            #expect(try await browser.get("/mails?done=retry").contains("The mail is being tried now"))
        }
        #expect(await console.store.queuedMail(mail)?.stage == .waiting)
        #expect(await console.store.auditActions.last == .mailRetried)
    }

    @Test("all dead letters are tried again after a question that says how many, of the kind that is looked at")
    func retryAll() async throws {
        let console = try await TestConsole()
        for number in 0..<3 { _ = try await Self.deadLetter(to: "d\(number)@example.com", at: console) }
        try await console.browse(as: .approver) { browser in
            #expect(try await !browser.get("/mails?kind=reset-password").contains("retry-all"))
            let question = try await browser.submit(
                browser.get("/mails?kind=confirm-email-address"), to: "/mails", ["step": "retry-all"])
            #expect(question.contains("Try 3 dead letters again?") && question.contains("value=\"confirm-email-address\""))
            // Nothing is lost by it, so its button is not that of what is.
            #expect(!question.contains("button danger"))
            let answer = try await browser.submit(question, to: "/mails")
            #expect(answer.location == "/mails?done=retry-all&count=3")
            #expect(try await browser.get("/mails?done=retry-all&count=3").contains("3 mails are being tried again"))
        }
        #expect(await console.store.queuedMailCounts(matching: MailFilter(kind: .portal(.confirmEmailAddress))).waiting == 3)
    }

    @Test("a mail is discarded after a question, and then there is no page of it")
    func discard() async throws {
        let console = try await TestConsole()
        let mail = try await Self.deadLetter(to: "dead@example.com", at: console)
        try await console.browse(as: .approver) { browser in
            let question = try await browser.submit(
                browser.get("/mails/\(mail)"), to: "/mails/\(mail)", ["step": "discard"])
            #expect(question.contains("Discard this mail?") && question.contains("dead@example.com"))
            #expect(question.contains("class=\"button danger\""))
            #expect(await console.store.queuedMail(mail) != nil)
            let answer = try await browser.submit(question, to: "/mails/\(mail)")
            #expect(answer.location == "/mails?done=discard")
            #expect(try await browser.get("/mails/\(mail)").status == .notFound)
        }
        #expect(await console.store.auditActions.last == .mailDiscarded)
    }

    @Test("a mail that is being sent is not discarded, and the page says why")
    func underWay() async throws {
        let console = try await TestConsole()
        let mail = try await console.waitingMail("busy@example.com")
        await console.underWay.begin(mail)
        try await console.browse(as: .owner) { browser in
            let question = try await browser.submit(
                browser.get("/mails/\(mail)"), to: "/mails/\(mail)", ["step": "discard"])
            let answer = try await browser.submit(question, to: "/mails/\(mail)")
            #expect(answer.status == .conflict && answer.contains("being sent right now"))
        }
        #expect(await console.store.queuedMail(mail) != nil)
    }

    @Test("an approver sees neither an admin's address nor a way to discard the mail; an owner sees both")
    func adminMail() async throws {
        let console = try await TestConsole()
        let viewer = try #require(console.admins[.viewer])
        try await console.flows.console.mailLink(to: viewer.id, by: .operator)
        let mail = try #require(await console.store.mails.last).id
        for (role, sees) in [(AdminRole.approver, false), (.owner, true)] {
            try await console.browse(as: role) { browser in
                let page = try await browser.get("/mails/\(mail)")
                #expect(page.contains("viewer@example.com") == sees && page.contains("an admin") == !sees)
                #expect(page.contains("value=\"discard\"") == sees && page.contains("value=\"retry\""))
                guard !sees else { return }
                let refused = try await browser.submit(page, to: "/mails/\(mail)", ["step": "discard", "confirmed": "yes"])
                #expect(refused.status == .forbidden)
            }
        }
        #expect(await console.store.queuedMail(mail) != nil)
    }

    @Test("a portal's sender is saved, refused with its reason, and taken away")
    func sender() async throws {
        let console = try await TestConsole(senderDomains: ["acme.example"])
        let (page, path) = ("/portals/acme/settings", "/portals/acme/settings/sender")
        try await console.browse(as: .owner) { browser in
            let refused = try await browser.submit(
                browser.get(page), to: path, ["from_name": "ceo@bank", "from_email": "ceo@bank.example"])
            #expect(refused.status == .badRequest)
            #expect(refused.contains("must not contain @") && refused.contains("one of the permitted domains"))
            let saved = try await browser.submit(
                browser.get(page), to: path, ["from_name": "Acme", "from_email": "dev@acme.example", "reply_to_email": ""])
            #expect(saved.location == "\(page)?done=sender")
            let shown = try await browser.get("\(page)?done=sender")
            #expect(shown.contains("The sender is saved") && shown.contains("value=\"dev@acme.example\""))
            #expect(shown.contains("acme.example</bdi>"))
            let sender = try await console.flows.portals.portal(console.portal.id).mailSender
            #expect(sender?.name == "Acme" && sender?.replyTo == nil)
            _ = try await browser.submit(shown, to: path, ["from_name": "", "from_email": "", "reply_to_email": ""])
        }
        #expect(try await console.flows.portals.portal(console.portal.id).mailSender == nil)
        #expect(await console.store.auditActions.suffix(2) == [.mailSenderChanged, .mailSenderReset])
    }

    @Test("where the operator permits no domain there is a field for the name alone")
    func noDomains() async throws {
        let console = try await TestConsole()
        try await console.browse(as: .owner) { browser in
            let page = try await browser.get("/portals/acme/settings")
            #expect(page.contains("name=\"from_name\"") && !page.contains("name=\"from_email\""))
            #expect(page.contains("permits no addresses"))
        }
    }
}
