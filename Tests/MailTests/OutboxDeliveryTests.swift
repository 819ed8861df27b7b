import Accounts
import Testing

@testable import Mail

@Suite("Delivery of the outbox", .timeLimit(.minutes(5)))
struct OutboxDeliveryTests {
    private static func mails(_ count: Int) throws -> [OutboxMail] {
        try (0..<count).map { number in
            try Samples.mail(to: "jane\(number)@example.com", createdAt: Samples.start.adding(.milliseconds(number - count)))
        }
    }

    @Test("begins with the mails that an earlier run left, oldest first, and goes on with those that arrive")
    func order() async throws {
        let old = try Self.mails(5)
        var delivery = RunningDelivery(outbox: InMemoryOutbox(old))
        delivery.policy.concurrency = 1
        let transport = ScriptedTransport()
        let outbox = delivery.outbox
        try await delivery.run(transport) { _ in
            for mail in old { #expect(await outbox.nextEvent() == .delivered(mail.id)) }
            let new = try Samples.mail()
            await outbox.add(new)
            #expect(await outbox.nextEvent() == .delivered(new.id))
        }
        #expect(transport.mails.prefix(5).elementsEqual(old.map(\.id)) && transport.mails.count == 6)
        #expect(transport.isFinished)
    }

    @Test("tries a mail again, later each time, until it is taken")
    func retries() async throws {
        let mail = try Samples.mail()
        let delivery = RunningDelivery(outbox: InMemoryOutbox([mail]))
        let (outbox, time) = (delivery.outbox, delivery.time)
        let transport = ScriptedTransport { _ throws(DeliveryFailure) in
            if time.now < Samples.start.adding(.seconds(60)) { throw .delayed(reason: "RCPT was answered with 451") }
        }
        var waits: [Duration] = []
        try await delivery.run(transport) { _ in
            while case .delayed(mail.id, let until, "RCPT was answered with 451") = await outbox.nextEvent() {
                waits.append(.milliseconds(until.milliseconds - time.now.milliseconds))
                await time.passNextSleep()
            }
        }
        #expect(await outbox.waiting.isEmpty)
        for (number, wait) in waits.enumerated() {
            let base = Double(5 << number)
            #expect(wait >= .seconds(base * 0.79) && wait <= .seconds(base * 1.21))
        }
        #expect(waits.count >= 3 && transport.mails.count == waits.count + 1)
    }

    @Test(
        "waits from five seconds to an hour",
        arguments: [(1, 4.0, 6.0), (2, 8, 12), (5, 64, 96), (10, 2048, 3072), (11, 3600, 3600), (1000, 3600, 3600), (0, 4, 6)])
    func delays(attempts: Int, least: Double, most: Double) {
        var random = SystemRandomNumberGenerator()
        let policy = DeliveryPolicy()
        for _ in 0..<100 {
            let delay = policy.delay(afterAttempts: attempts, upTo: policy.longestDelay, using: &random)
            #expect(delay >= .seconds(least) && delay <= .seconds(most))
        }
    }

    @Test("makes a dead letter of what is refused for good, and delivers the others")
    func deadLetter() async throws {
        let mails = try Self.mails(3)
        let delivery = RunningDelivery(outbox: InMemoryOutbox(mails))
        let outbox = delivery.outbox
        let transport = ScriptedTransport { mail throws(DeliveryFailure) in
            if mail.id == mails[1].id { throw .refused(reason: "RCPT was answered with 550 5.1.1") }
        }
        try await delivery.run(transport) { _ in
            var events: [InMemoryOutbox.Event] = []
            for _ in mails { events.append(try #require(await outbox.nextEvent())) }
            #expect(events.contains(.failed(mails[1].id, problem: "RCPT was answered with 550 5.1.1")))
            #expect(events.contains(.delivered(mails[0].id)) && events.contains(.delivered(mails[2].id)))
        }
        #expect(transport.mails.count == 3)
    }

    @Test("gives a mail up after three days")
    func givenUp() async throws {
        let mail = try Samples.mail(createdAt: Samples.start.adding(.seconds(-3 * 24 * 3600)), attempts: 70)
        let delivery = RunningDelivery(outbox: InMemoryOutbox([mail]))
        let outbox = delivery.outbox
        let transport = ScriptedTransport { _ throws(DeliveryFailure) in throw .delayed(reason: "RCPT was answered with 451") }
        try await delivery.run(transport) { _ in
            #expect(await outbox.nextEvent() == .failed(mail.id, problem: "given up: RCPT was answered with 451"))
        }
    }

    @Test("does not give up a mail that is old and was hardly tried, as after days off")
    func hardlyTried() async throws {
        let mail = try Samples.mail(createdAt: Samples.start.adding(.seconds(-30 * 24 * 3600)), attempts: 8)
        let delivery = RunningDelivery(outbox: InMemoryOutbox([mail]))
        let outbox = delivery.outbox
        let transport = ScriptedTransport { _ throws(DeliveryFailure) in throw .delayed(reason: "RCPT was answered with 451") }
        try await delivery.run(transport) { _ in
            guard case .delayed(mail.id, _, _) = await outbox.nextEvent() else {
                Issue.record("expected another attempt")
                return
            }
            await delivery.time.passNextSleep()
            #expect(await outbox.nextEvent() == .failed(mail.id, problem: "given up: RCPT was answered with 451"))
        }
    }

    @Test("goes on when the clock is set back, as if it had never been ahead")
    func clockSetBack() async throws {
        let ahead = Duration.seconds(86_400)
        let (first, second) = (try Samples.mail(createdAt: Samples.start.adding(ahead)), try Samples.mail())
        let delivery = RunningDelivery(outbox: InMemoryOutbox([first]))
        let (outbox, time) = (delivery.outbox, delivery.time)
        time.advance(by: ahead)
        let transport = ScriptedTransport { _ throws(DeliveryFailure) in
            if time.now >= Samples.start.adding(ahead) { throw .unavailable(reason: "no connection") }
        }
        try await delivery.run(transport) { _ in
            guard case .delayed(first.id, _, _) = await outbox.nextEvent() else {
                Issue.record("expected an outage")
                return
            }
            time.advance(by: .zero - ahead)
            await outbox.add(second)
            for _ in 0..<2 {
                guard case .delivered = await outbox.nextEvent() else {
                    Issue.record("expected a delivery")
                    return
                }
            }
        }
        #expect(await outbox.waiting.isEmpty)
    }

    @Test("sends what an earlier run promised while the clock was ahead")
    func promisedAhead() async throws {
        let mail = try Samples.mail(createdAt: Samples.start.adding(.seconds(86_400)))
        let delivery = RunningDelivery(outbox: InMemoryOutbox([mail]))
        try await delivery.run(ScriptedTransport()) { _ in
            #expect(await delivery.outbox.nextEvent() == .delivered(mail.id))
        }
    }

    @Test("is not held up by a mail that cannot become a message")
    func unrenderable() async throws {
        let good = try Samples.mail()
        let bad = OutboxMail(
            id: try Samples.mail().id, recipient: EmailAddress(stored: "jane@x>\r\nDATA", key: "jane@x>\r\nDATA"),
            message: good.message, createdAt: Samples.start.adding(.seconds(-1)))
        var delivery = RunningDelivery(outbox: InMemoryOutbox([bad, good]))
        delivery.policy.concurrency = 1
        let outbox = delivery.outbox
        let transport = ScriptedTransport()
        try await delivery.run(transport) { _ in
            guard case .failed(bad.id, _) = await outbox.nextEvent() else {
                Issue.record("expected a dead letter")
                return
            }
            #expect(await outbox.nextEvent() == .delivered(good.id))
        }
        #expect(transport.mails == [good.id])
    }

    @Test("has four mails under way at most, and a slow one holds up no other")
    func concurrency() async throws {
        let mails = try Self.mails(12)
        let delivery = RunningDelivery(outbox: InMemoryOutbox(mails))
        let (outbox, gate) = (delivery.outbox, Gate())
        let transport = ScriptedTransport { mail in
            if mail.id == mails[0].id { await gate.pass() }
        }
        try await delivery.run(transport) { _ in
            for _ in 1..<mails.count { #expect(await outbox.nextEvent() != .delivered(mails[0].id)) }
            gate.open()
            #expect(await outbox.nextEvent() == .delivered(mails[0].id))
        }
        #expect((2...4).contains(transport.mostAtOnce))
        #expect(transport.mails.count == mails.count)
    }

    @Test("leaves a server in peace that takes nothing, and asks with one mail whether it is back")
    func outage() async throws {
        let mails = try Self.mails(20)
        let delivery = RunningDelivery(outbox: InMemoryOutbox(mails))
        let (outbox, time) = (delivery.outbox, delivery.time)
        let back = Samples.start.adding(.seconds(30))
        let transport = ScriptedTransport { _ throws(DeliveryFailure) in
            if time.now < back { throw .unavailable(reason: "the server cannot be reached") }
        }
        var probes = 0
        try await delivery.run(transport) { _ in
            for _ in 0..<4 {
                guard case .delayed = await outbox.nextEvent() else {
                    Issue.record("expected the first four mails to be delayed")
                    return
                }
            }
            #expect(transport.mails.count == 4)
            await time.passNextSleep()
            while case .delayed = await outbox.nextEvent() {
                probes += 1
                await time.passNextSleep()
            }
            #expect(transport.mostAtOnce <= 4)
            // Mails that the outage delayed are due by then, too.
            time.advance(by: delivery.policy.longestOutageDelay)
            for _ in 1..<mails.count {
                guard case .delivered = await outbox.nextEvent() else {
                    Issue.record("expected all mails to be delivered after the outage")
                    return
                }
            }
        }
        #expect(await outbox.waiting.isEmpty)
        #expect((1...4).contains(probes))
    }

    @Test("finishes the mail under way when the node stops, and begins no other")
    func gracefulStop() async throws {
        let mails = try Self.mails(3)
        var delivery = RunningDelivery(outbox: InMemoryOutbox(mails))
        delivery.policy.concurrency = 1
        let (outbox, gate) = (delivery.outbox, Gate())
        let transport = ScriptedTransport { _ in await gate.pass() }
        try await delivery.run(transport) { group in
            #expect(await transport.handedOver.first { _ in true } == mails[0].id)
            await group.triggerGracefulShutdown()
            // The grace has begun: the stop is known.
            #expect(await delivery.time.sleeps.first { _ in true } == delivery.policy.shutdownGrace)
            gate.open()
        }
        #expect(await outbox.nextEvent() == .delivered(mails[0].id))
        #expect(await outbox.waiting == [mails[1].id, mails[2].id])
        #expect(transport.mails == [mails[0].id] && transport.isFinished)
    }

    @Test("ends within its grace though a server never answers, and leaves the mail as it was")
    func stopWithoutAnswer() async throws {
        let mail = try Samples.mail()
        let delivery = RunningDelivery(outbox: InMemoryOutbox([mail]))
        let transport = ScriptedTransport { _ throws(DeliveryFailure) in
            await Gate().pass()
            throw .unavailable(reason: "the connection ended at RCPT")
        }
        try await delivery.run(transport) { group in
            _ = await transport.handedOver.first { _ in true }
            await group.triggerGracefulShutdown()
            await delivery.time.passNextSleep()
        }
        let due = try await delivery.outbox.dueMails(at: delivery.time.now, limit: 10)
        #expect(due.map(\.id) == [mail.id] && due.first?.attempts == 0)
        #expect(delivery.log.text.contains("a mail was left for the next start"))
    }

    @Test("lives through a store that cannot be read")
    func unreadableStore() async throws {
        let mail = try Samples.mail()
        let delivery = RunningDelivery(outbox: InMemoryOutbox([mail]))
        let outbox = delivery.outbox
        await outbox.fail(reads: 2)
        try await delivery.run(ScriptedTransport()) { _ in
            await delivery.time.passNextSleep()
            await delivery.time.passNextSleep()
            #expect(await outbox.nextEvent() == .delivered(mail.id))
        }
        #expect(delivery.log.text.contains("the outbox cannot be read"))
    }

    @Test("does not send a mail twice because the store could not note the first time")
    func unwritableStore() async throws {
        let mail = try Samples.mail()
        let delivery = RunningDelivery(outbox: InMemoryOutbox([mail]))
        let (outbox, transport) = (delivery.outbox, ScriptedTransport())
        await outbox.fail(writes: 2)
        try await delivery.run(transport) { _ in
            await delivery.time.passNextSleep()
            await delivery.time.passNextSleep()
            #expect(await outbox.nextEvent() == .delivered(mail.id))
        }
        #expect(transport.mails == [mail.id])
    }

    @Test("asks the store nothing while there is nothing to do")
    func idle() async throws {
        let mail = try Samples.mail()
        let delivery = RunningDelivery(outbox: InMemoryOutbox())
        try await delivery.run(ScriptedTransport()) { _ in
            await delivery.outbox.add(mail)
            #expect(await delivery.outbox.nextEvent() == .delivered(mail.id))
        }
        // At the start, at the arrival, and after the delivery at most.
        #expect(await delivery.outbox.readCount <= 3)
    }

    @Test("names nobody in its log")
    func log() async throws {
        let mails = try Self.mails(3)
        let delivery = RunningDelivery(outbox: InMemoryOutbox(mails))
        let outbox = delivery.outbox
        let transport = ScriptedTransport { mail throws(DeliveryFailure) in
            if mail.id == mails[0].id { throw .refused(reason: "RCPT was answered with 550 5.1.1") }
            if mail.id == mails[1].id { throw .delayed(reason: "RCPT was answered with 450") }
        }
        try await delivery.run(transport) { _ in
            for _ in mails { _ = await outbox.nextEvent() }
        }
        let text = delivery.log.text
        for mail in mails { #expect(text.contains(mail.id.description)) }
        #expect(text.contains("550 5.1.1") && text.contains("450"))
        #expect(!text.contains("jane") && !text.contains("Jane") && !text.contains("token="))
    }

    @Test("reaches a real server that says no first")
    func realServer() async throws {
        var options = MailServer.Options()
        options.answers = ["RCPT": ["451 4.7.1 come back later"]]
        let server = try await MailServer(options)
        let mail = try Samples.mail()
        let delivery = RunningDelivery(outbox: InMemoryOutbox([mail]))
        let outbox = delivery.outbox
        try await delivery.run(SMTPTransport(settings: try server.settings())) { _ in
            guard case .delayed(mail.id, _, "RCPT was answered with 451 4.7.1") = await outbox.nextEvent() else {
                Issue.record("expected the mail to be delayed")
                return
            }
            await delivery.time.passNextSleep()
            #expect(await outbox.nextEvent() == .delivered(mail.id))
        }
        #expect(try await server.nextMail().to == ["jane@example.com"])
        #expect(!delivery.log.text.contains("jane"))
    }
}
