import Accounts
import Testing

extension StoreConformance {
    static let mailQueue: [ConformanceCase] = [
        ConformanceCase("the queue tells of a mail all but what it says, in each stage") { bench in
            let mail = try bench.queued(.resetPassword(name: "Jane", link: "https://acme.example/x", validMinutes: 60))
            let developer = try bench.developer()
            try await bench.write(developer) { $0.mails = [mail] }
            let store = try await bench.host.open()
            var expected = QueuedMail(
                id: mail.id, kind: .portal(.resetPassword), portal: bench.portal.id, developer: developer.id,
                recipient: mail.recipient, linkExpiresAt: bench.now.adding(.seconds(3600)), stage: .waiting, attempts: 0,
                problem: nil, createdAt: bench.now, nextAttemptAt: bench.now, failedAt: nil)
            #expect(try await store.queuedMail(mail.id) == expected)
            try await store.mailDelayed(mail.id, until: bench.soon, problem: "421 try again")
            expected = bench.changed(expected, problem: "421 try again", stage: .failing, attempts: 1)
            expected.nextAttemptAt = bench.soon
            #expect(try await store.queuedMail(mail.id) == expected)
            try await store.mailFailed(mail.id, at: bench.soon, problem: "550 no such mailbox")
            expected = bench.changed(expected, problem: "550 no such mailbox", stage: .deadLetter, attempts: 2)
            expected.nextAttemptAt = nil
            expected.failedAt = bench.soon
            #expect(try await store.queuedMail(mail.id) == expected)
            #expect(try await store.queuedMail(bench.mint.id()) == nil)
        },
        ConformanceCase("a delivered mail is in the queue no more, and neither is one whose developer was deleted") { bench in
            let (delivered, deleted) = (try bench.mail(), try bench.mail())
            let developer = try bench.developer()
            try await bench.write(developer) { $0.mails = [delivered, deleted] }
            try await bench.store.mailDelivered(delivered.id, at: bench.now)
            #expect(try await bench.store.queuedMail(delivered.id) == nil)
            #expect(try await bench.ids() == [deleted.id])
            var change = AccountChange(developer: developer)
            change.deletes = true
            let gone = change
            try await bench.store.step(on: .developer(developer.id), in: bench.portal.id) { _ in AccountDecision(gone) }
            #expect(try await bench.ids().isEmpty)
            #expect(try await bench.store.queuedMailCounts(matching: MailFilter()) == MailCounts())
            #expect(try await !bench.store.mailWaits(deleted.id))
        },
        ConformanceCase("the queue is listed in the order of writing, from either end, page by page") { bench in
            let mails = try (0..<7).map { _ in try bench.queued(.approved(name: "Jane", logInLink: "https://acme.example")) }
            try await bench.promiseAll(mails)
            let ids = mails.map(\.id)
            for (id, next) in [(ids[1], bench.now), (ids[4], bench.soon)] {
                try await bench.store.mailDelayed(id, until: next, problem: "421 try again")
            }
            try await bench.store.mailFailed(ids[5], at: bench.now, problem: "550 no such mailbox")
            for filter in [MailFilter(), MailFilter(portal: bench.portal.id)] {
                #expect(try await bench.ids(filter) == ids.reversed())
                #expect(try await bench.ids(filter, order: .oldestFirst) == ids)
                #expect(try await bench.ids(filter, page: PageRequest(number: 2, size: 3)) == [ids[3], ids[2], ids[1]])
                #expect(try await bench.ids(filter, page: PageRequest(number: 3, size: 3)) == [ids[0]])
                #expect(try await bench.ids(filter, page: PageRequest(number: 4, size: 3)).isEmpty)
                #expect(try await bench.ids(filter, page: PageRequest(number: Int.max, size: 100)).isEmpty)
            }
        },
        ConformanceCase("the queue is filtered by stage, portal and kind, and counted") { bench in
            let other = try await bench.otherPortal()
            let link = "https://acme.example"
            let reset = AccountMessage.Content.resetPassword(name: "Jane", link: link, validMinutes: 60)
            let mails = [
                try bench.queued(reset), try bench.queued(reset, at: other),
                try bench.queued(.approved(name: "J", logInLink: link)),
                try bench.queued(.consolePassword(link: link, validMinutes: 60), at: nil),
            ]
            try await bench.promiseAll(mails)
            let ids = mails.map(\.id)
            try await bench.store.mailDelayed(ids[1], until: bench.soon, problem: "421 try again")
            try await bench.store.mailFailed(ids[2], at: bench.now, problem: "550 no such mailbox")
            #expect(try await bench.ids(MailFilter(stage: .waiting)) == [ids[3], ids[0]])
            #expect(try await bench.ids(MailFilter(stage: .failing)) == [ids[1]])
            #expect(try await bench.ids(MailFilter(stage: .deadLetter)) == [ids[2]])
            #expect(try await bench.ids(MailFilter(portal: bench.portal.id)) == [ids[2], ids[0]])
            #expect(try await bench.ids(MailFilter(kind: .portal(.resetPassword))) == [ids[1], ids[0]])
            #expect(try await bench.ids(MailFilter(stage: .failing, portal: other.id, kind: .portal(.resetPassword))) == [ids[1]])
            #expect(try await bench.ids(MailFilter(kind: .consolePassword)) == [ids[3]])
            #expect(try await bench.ids(MailFilter(portal: bench.mint.id())).isEmpty)
            var counts = MailCounts()
            (counts.waiting, counts.failing, counts.deadLetters) = (2, 1, 1)
            #expect(try await bench.store.queuedMailCounts(matching: MailFilter(stage: .failing)) == counts)
            (counts.waiting, counts.failing, counts.deadLetters) = (0, 1, 0)
            #expect(try await bench.store.queuedMailCounts(matching: MailFilter(portal: other.id)) == counts)
        },
        ConformanceCase("a retried dead letter is a mail that was never tried, and tells why it failed") { bench in
            let mail = try bench.mail()
            try await bench.promiseAll([mail])
            try await bench.store.mailFailed(mail.id, at: bench.now, problem: "550 no such mailbox")
            var retries = bench.store.mailRetries().makeAsyncIterator()
            try await bench.decide(on: mail.id, .retry(at: bench.soon), .mailRetried)
            #expect(await retries.next() != nil)
            #expect(try await bench.audited(.mailRetried) == 1)
            let store = try await bench.host.open()
            #expect(try await store.dueMails(at: bench.soon, limit: 10).map(\.attempts) == [0])
            let queued = try #require(try await store.queuedMail(mail.id))
            #expect(queued.stage == .waiting && queued.nextAttemptAt == bench.soon && queued.failedAt == nil)
            #expect(queued.problem == "550 no such mailbox")
            #expect(try await store.mailWaits(mail.id))
        },
        ConformanceCase("a retried mail that fails is due, and keeps its attempts") { bench in
            let mail = try bench.mail()
            try await bench.promiseAll([mail])
            try await bench.store.mailDelayed(mail.id, until: bench.soon, problem: "421 try again")
            try await bench.decide(on: mail.id, .retry(at: bench.now), .mailRetried)
            #expect(try await bench.store.dueMails(at: bench.now, limit: 10).map(\.attempts) == [1])
        },
        ConformanceCase("a discarded mail is gone, and how an attempt at it ends changes nothing") { bench in
            let mail = try bench.mail()
            try await bench.promiseAll([mail])
            #expect(try await bench.store.mailWaits(mail.id))
            try await bench.decide(on: mail.id, .discard, .mailDiscarded)
            #expect(try await !bench.store.mailWaits(mail.id))
            try await bench.store.mailDelayed(mail.id, until: bench.soon, problem: "421 try again")
            try await bench.store.mailFailed(mail.id, at: bench.now, problem: "550 no such mailbox")
            try await bench.store.mailDelivered(mail.id, at: bench.now)
            #expect(try await bench.ids().isEmpty)
            #expect(try await bench.audited(.mailDiscarded) == 1)
            #expect(try await bench.host.open().nextMailDue() == nil)
        },
        ConformanceCase("a step on a mail that is gone or delivered sees none and changes nothing; one that throws neither") {
            bench in
            let mail = try bench.mail()
            try await bench.promiseAll([mail])
            await #expect(throws: Refusal()) { try await bench.store.step(onMail: mail.id) { _ in throw Refusal() } as Void }
            try await bench.store.mailDelivered(mail.id, at: bench.now)
            for id in [mail.id, bench.mint.id()] {
                let seen = try await bench.store.step(onMail: id) { found in
                    MailDecision(found != nil, .retry(at: bench.now), events: [AuditEvent(.mailRetried, by: .operator)])
                }
                #expect(!seen)
            }
            #expect(try await bench.store.nextMailDue() == nil)
            #expect(try await bench.audited(.mailRetried) == 0)
        },
        ConformanceCase("of many who discard one mail, exactly one sees it") { bench in
            let mail = try bench.mail()
            try await bench.promiseAll([mail])
            let store = bench.store
            let seen = try await bench.count(of: 8) {
                try await store.step(onMail: mail.id) { MailDecision($0 != nil, .discard) }
            }
            #expect(seen == 1)
        },
        ConformanceCase("dead letters are put back batch by batch, those that fit, each with its audit entry") { bench in
            let (mails, other) = (try (0..<5).map { _ in try bench.mail(at: bench.portal) }, try bench.mail())
            try await bench.promiseAll(mails + [other])
            for mail in mails + [other] { try await bench.store.mailFailed(mail.id, at: bench.now, problem: "550") }
            let filter = MailFilter(stage: .waiting, portal: bench.portal.id, kind: .portal(.accountAccessApproved))
            var (place, counts): (Int64?, [Int]) = (0, [])
            while let start = place {
                let batch = try await bench.store.retryDeadLetters(
                    matching: filter, after: start, limit: 2, at: bench.soon, by: .operator)
                counts.append(batch.count)
                place = batch.end
            }
            #expect(counts == [2, 2, 1])
            #expect(try await bench.store.dueMails(at: bench.soon, limit: 10).map(\.id) == mails.map(\.id))
            #expect(try await bench.ids(MailFilter(stage: .deadLetter)) == [other.id])
            #expect(try await bench.audited(.mailRetried) == 5)
        },
        ConformanceCase("an audit entry names the developer whose mail it is, and not who is told of in an admin's mail") {
            bench in
            let developer = try bench.developer()
            let own = try bench.queued(.approved(name: "Jane", logInLink: "https://acme.example"))
            let told = try bench.queued(.approvalRequested(developer: nil, consoleLink: "https://eu.console.example"))
            try await bench.write(developer) { $0.mails = [own, told] }
            for mail in [own, told] { try await bench.store.mailFailed(mail.id, at: bench.now, problem: "550") }
            _ = try await bench.store.retryDeadLetters(
                matching: MailFilter(), after: 0, limit: 10, at: bench.now, by: .operator)
            let entries = try await bench.store.auditEntries(matching: AuditFilter(), after: 0, limit: 100).map(\.event)
                .filter { $0.action == .mailRetried }
            #expect(entries.map(\.developer) == [developer.id, nil])
            #expect(entries.map(\.subject) == [own.id.description, told.id.description])
            #expect(entries.map(\.portal) == [bench.portal.id, bench.portal.id])
        },
    ]
}

extension StoreBench {
    fileprivate var soon: Timestamp { now.adding(.seconds(60)) }

    /// A mail of a portal, or of the console.
    fileprivate func queued(_ content: AccountMessage.Content, at place: Portal?) throws -> OutboxMail {
        let message = AccountMessage(
            portal: place?.id, portalName: "Acme", portalLink: "https://acme.example", content: content)
        return OutboxMail(id: mint.id(), recipient: try EmailAddress("jane@example.com"), message: message, createdAt: now)
    }

    fileprivate func queued(_ content: AccountMessage.Content) throws -> OutboxMail { try queued(content, at: portal) }

    fileprivate func mail(at portal: Portal) throws -> OutboxMail {
        try queued(.approved(name: "Jane", logInLink: "https://acme.example"), at: portal)
    }

    /// Adds mails that nobody's account is bound to.
    fileprivate func promiseAll(_ mails: [OutboxMail]) async throws {
        var change = AccountChange()
        change.mails = mails
        let written = change
        try await store.step(on: .developer(mint.id()), in: portal.id) { _ in AccountDecision(written) }
    }

    fileprivate func ids(
        _ filter: MailFilter = MailFilter(), order: MailOrder = .newestFirst, page: PageRequest = PageRequest(size: 100)
    ) async throws -> [MailID] {
        try await store.queuedMails(matching: filter, order: order, page: page).elements.map(\.id)
    }

    fileprivate func decide(on mail: MailID, _ change: MailDecision<Void>.Change, _ action: AuditEvent.Action) async throws {
        try await store.step(onMail: mail) { found in
            #expect(found?.id == mail)
            return MailDecision((), change, events: [AuditEvent(action, by: .operator, subject: mail.description)])
        }
    }

    fileprivate func audited(_ action: AuditEvent.Action) async throws -> Int {
        var filter = AuditFilter()
        filter.action = action
        return try await store.auditEntries(matching: filter, after: 0, limit: 100).count
    }

    fileprivate func changed(_ mail: QueuedMail, problem: String, stage: MailStage, attempts: Int) -> QueuedMail {
        QueuedMail(
            id: mail.id, kind: mail.kind, portal: mail.portal, developer: mail.developer, recipient: mail.recipient,
            linkExpiresAt: mail.linkExpiresAt, stage: stage, attempts: attempts, problem: problem, createdAt: mail.createdAt,
            nextAttemptAt: mail.nextAttemptAt, failedAt: mail.failedAt)
    }
}
