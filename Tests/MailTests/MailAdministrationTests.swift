import Accounts
import Geography
import Synchronization
import Testing

@testable import Mail

@Suite("Mails that somebody has tried again or takes away", .timeLimit(.minutes(5)))
struct MailAdministrationTests {
    @Test("a retried mail goes at once, also while the delivery waits for a server that was away")
    func retryEndsPause() async throws {
        let mail = try Samples.mail()
        let delivery = RunningDelivery(outbox: InMemoryOutbox([mail]))
        let outbox = delivery.outbox
        let server = Availability()
        let transport = ScriptedTransport { _ throws(DeliveryFailure) in
            if !server.isUp { throw .unavailable(reason: "the server cannot be reached") }
        }
        try await delivery.run(transport) { _ in
            guard case .delayed(mail.id, _, _) = await outbox.nextEvent() else {
                Issue.record("expected an outage")
                return
            }
            // The delivery has begun to wait.
            _ = await delivery.time.sleeps.first { _ in true }
            server.isUp = true
            // The clock stands still, so that nothing but the retry can end the pause.
            await outbox.retry(mail.id, at: delivery.time.now)
            #expect(await outbox.nextEvent() == .delivered(mail.id))
        }
    }

    @Test("a mail that was taken away after it was found due is not sent, and the next one is")
    func withdrawn() async throws {
        let (gone, other) = (try Samples.mail(createdAt: Samples.start.adding(.milliseconds(-1))), try Samples.mail())
        var delivery = RunningDelivery(outbox: InMemoryOutbox([gone, other]))
        delivery.policy.concurrency = 1
        let outbox = delivery.outbox
        await outbox.discardWhenFound(gone.id)
        let transport = ScriptedTransport()
        try await delivery.run(transport) { _ in
            #expect(await outbox.nextEvent() == .delivered(other.id))
        }
        #expect(transport.mails == [other.id])
        #expect(await outbox.waiting.isEmpty)
    }

    @Test("a mail that cannot be looked up waits, and goes later")
    func unreadable() async throws {
        let mail = try Samples.mail()
        let delivery = RunningDelivery(outbox: InMemoryOutbox([mail]))
        let outbox = delivery.outbox
        await outbox.fail(lookUps: 1)
        try await delivery.run(ScriptedTransport()) { _ in
            guard case .delayed(mail.id, _, "the outbox cannot be read now") = await outbox.nextEvent() else {
                Issue.record("expected a delay")
                return
            }
            await delivery.time.passNextSleep()
            #expect(await outbox.nextEvent() == .delivered(mail.id))
        }
    }

    @Test("a mail counts as under way for as long as the transport has it, and until its end is written")
    func underWay() async throws {
        let mail = try Samples.mail()
        let delivery = RunningDelivery(outbox: InMemoryOutbox([mail]))
        let (outbox, underWay) = (delivery.outbox, delivery.underWay)
        let gate = Gate()
        let transport = ScriptedTransport { _ in await gate.pass() }
        try await delivery.run(transport) { _ in
            for await _ in transport.handedOver { break }
            #expect(underWay.isSending(mail.id))
            gate.open()
            #expect(await outbox.nextEvent() == .delivered(mail.id))
        }
        #expect(!underWay.isSending(mail.id))
    }

    @Test("a portal's sender stands in the header, and the node's in the envelope and the Message-ID")
    func sender() async throws {
        let mail = try Samples.mail()
        let rendering = MailRendering(sender: Samples.sender, domains: try #require(MailSenderDomains(["dev.example"])))
        let rendered = try rendering.render(mail, look: MailLook(sender: try Self.sender()))
        let text = String(decoding: rendered.content, as: UTF8.self)
        #expect(text.contains("From: \"Acme, Developers\" <portal@dev.example>\r\n"))
        #expect(text.contains("Reply-To: help@dev.example\r\n"))
        #expect(text.contains("Message-ID: <\(mail.id)@acme.example>\r\n"))
        #expect(rendered.sender == Samples.sender.address)
    }

    @Test("addresses that the operator does not permit any more are left out, and the name stays")
    func notPermitted() async throws {
        let rendered = try MailRendering(sender: Samples.sender).render(
            Samples.mail(), look: MailLook(sender: try Self.sender()))
        let text = String(decoding: rendered.content, as: UTF8.self)
        #expect(text.contains("From: \"Acme, Developers\" <no-reply@acme.example>\r\n"))
        #expect(!text.contains("Reply-To") && !text.contains("dev.example"))
    }

    @Test("a sender that somebody wrote into the store past all checks ends no line")
    func injected() throws {
        let evil = "x\r\nBcc: eve@evil.example"
        var sender = try Self.sender()
        sender.name = evil
        sender.address = EmailAddress(stored: "por\r\ntal@dev.example", key: "portal@dev.example")
        let rendering = MailRendering(sender: Samples.sender, domains: try #require(MailSenderDomains(["dev.example"])))
        #expect(throws: RenderingError.unusableAddress) { try rendering.render(Samples.mail(), look: MailLook(sender: sender)) }
        sender.address = nil
        let text = String(decoding: try rendering.render(Samples.mail(), look: MailLook(sender: sender)).content, as: UTF8.self)
        #expect(!text.contains("\r\nBcc:"))
    }

    private static func sender() throws -> PortalMailSender {
        PortalMailSender(
            id: MailSenderID(try #require(GeoUUID("0193c0de-0000-8001-8000-00000000abcd"))), name: "Acme, Developers",
            address: try EmailAddress("portal@dev.example"), replyTo: try EmailAddress("help@dev.example"),
            createdAt: Samples.start, updatedAt: Samples.start)
    }
}

/// Whether a test's server is there.
private final class Availability: Sendable {
    private let state = Atomic(false)

    var isUp: Bool {
        get { state.load(ordering: .relaxed) }
        set { state.store(newValue, ordering: .relaxed) }
    }
}
