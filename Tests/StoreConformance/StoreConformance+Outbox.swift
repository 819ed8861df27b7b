import Accounts
import Testing

extension StoreConformance {
    static let outbox: [ConformanceCase] = [
        ConformanceCase("an empty outbox has nothing due and no next time") { bench in
            let (mails, next) = (try await bench.store.dueMails(at: bench.now, limit: 10), try await bench.store.nextMailDue())
            #expect(mails.isEmpty && next == nil)
        },
        ConformanceCase("a mail comes back as it was written, whatever it says") { bench in
            let link = "https://acme.example/login?token=1"
            let contents: [AccountMessage.Content] = [
                .verifyEmail(name: "Jané 𠮷", link: link, validMinutes: 1440),
                .registrationStatus(name: "Jane", status: .rejected, logInLink: link), .approved(name: "Jane", logInLink: link),
                .resetPassword(name: "Jane", link: link, validMinutes: 60),
                .passwordChanged(name: "Jane", forgotPasswordLink: link),
                .approvalRequested(developer: nil, consoleLink: link),
                .approvalRequested(developer: .init(name: "Jane", email: "Jane@example.com"), consoleLink: link),
                .consolePassword(link: link, validMinutes: 60), .consoleChanged(.secondFactorRemoved, consoleLink: link),
            ]
            let mails = try contents.map { content in
                OutboxMail(
                    id: bench.mint.id(), recipient: try EmailAddress("Jané@Bücher.example"),
                    message: AccountMessage(portalName: "Acme", portalLink: link, content: content, language: .french),
                    createdAt: bench.now)
            }
            try await bench.promise(mails)
            let found = try await bench.host.open().dueMails(at: bench.now, limit: 10)
            #expect(found == mails && found.map(\.recipient.value) == mails.map(\.recipient.value))
        },
        ConformanceCase("mails are due from the moment of their making, the oldest first, so many as asked for") { bench in
            let mails = try [3, 1, 2, 0].map { try bench.mail(at: bench.now.adding(.milliseconds($0))) }
            try await bench.promise(mails)
            #expect(try await bench.store.nextMailDue() == bench.now)
            let moment = bench.now.adding(.milliseconds(2))
            #expect(try await bench.store.dueMails(at: moment, limit: 10).map(\.id) == [3, 1, 2].map { mails[$0].id })
            #expect(try await bench.store.dueMails(at: moment, limit: 2).map(\.id) == [3, 1].map { mails[$0].id })
            #expect(try await bench.store.dueMails(at: bench.now.adding(.milliseconds(-1)), limit: 10).isEmpty)
            #expect(try await bench.store.dueMails(at: moment, limit: 0).isEmpty)
        },
        ConformanceCase("a delivered mail is gone, also after the store was opened again, and may be delivered twice") { bench in
            let (first, second) = (try bench.mail(), try bench.mail())
            try await bench.promise([first, second])
            for _ in 0..<2 { try await bench.store.mailDelivered(first.id, at: bench.now) }
            let store = try await bench.host.open()
            #expect(try await store.dueMails(at: bench.later, limit: 10).map(\.id) == [second.id])
        },
        ConformanceCase("a delayed mail waits for its next attempt, which knows how many there were") { bench in
            let mail = try bench.mail()
            try await bench.promise([mail])
            let next = bench.now.adding(.seconds(60))
            for attempts in 1...2 {
                try await bench.store.mailDelayed(mail.id, until: next, problem: "421 try again")
                #expect(try await bench.store.nextMailDue() == next)
                #expect(try await bench.store.dueMails(at: next.adding(.milliseconds(-1)), limit: 10).isEmpty)
                let due = try await bench.store.dueMails(at: next, limit: 10)
                #expect(due.map(\.id) == [mail.id] && due.map(\.attempts) == [attempts])
            }
        },
        ConformanceCase(
            "when the clock was set back, mails that wait for a time far ahead are due, and those that wait as they may are not"
        ) {
            bench in
            let (untried, far, near) = (try bench.mail(at: bench.later), try bench.mail(), try bench.mail())
            try await bench.promise([untried, far, near])
            let latest = bench.now.adding(.seconds(3600))
            try await bench.store.mailDelayed(far.id, until: latest.adding(.milliseconds(1)), problem: "421 try again")
            try await bench.store.mailDelayed(near.id, until: latest, problem: "421 try again")
            try await bench.store.recallMails(dueAfter: latest, at: bench.now)
            #expect(Set(try await bench.store.dueMails(at: bench.now, limit: 10).map(\.id)) == [untried.id, far.id])
            #expect(try await bench.store.dueMails(at: latest, limit: 10).count == 3)
        },
        ConformanceCase("a delayed mail holds up no other") { bench in
            let (delayed, other) = (try bench.mail(), try bench.mail(at: bench.now.adding(.milliseconds(1))))
            try await bench.promise([delayed, other])
            try await bench.store.mailDelayed(delayed.id, until: bench.later, problem: "421 try again")
            #expect(try await bench.store.dueMails(at: bench.now.adding(.seconds(1)), limit: 10).map(\.id) == [other.id])
        },
        ConformanceCase("a failed mail is not tried again, and neither delayed nor failed anew") { bench in
            let mail = try bench.mail()
            try await bench.promise([mail])
            try await bench.store.mailFailed(mail.id, at: bench.now, problem: "550 no such mailbox")
            try await bench.store.mailDelayed(mail.id, until: bench.now, problem: "421 try again")
            try await bench.store.mailFailed(mail.id, at: bench.now, problem: "550 no such mailbox")
            #expect(try await bench.store.dueMails(at: bench.later, limit: 10).isEmpty)
            #expect(try await bench.store.nextMailDue() == nil)
        },
        ConformanceCase("a delivered mail is neither delayed nor failed afterwards") { bench in
            let mail = try bench.mail()
            try await bench.promise([mail])
            try await bench.store.mailDelivered(mail.id, at: bench.now)
            try await bench.store.mailDelayed(mail.id, until: bench.now, problem: "421 try again")
            try await bench.store.mailFailed(mail.id, at: bench.now, problem: "550 no such mailbox")
            #expect(try await bench.store.dueMails(at: bench.later, limit: 10).isEmpty)
            #expect(try await bench.store.nextMailDue() == nil)
        },
        ConformanceCase("every listener is signalled after a step that added mail") { bench in
            let (first, second) = (bench.store.mailArrivals(), bench.store.mailArrivals())
            try await bench.promise([try bench.mail()])
            for listener in [first, second] {
                var signals = listener.makeAsyncIterator()
                #expect(await signals.next() != nil)
                #expect(try await bench.store.dueMails(at: bench.now, limit: 10).count == 1)
            }
        },
        ConformanceCase("a refused step signals no mail, and adds none") { bench in
            let arrivals = bench.store.mailArrivals()
            let (mail, developer) = (try bench.mail(), try bench.developer())
            try await bench.write(developer)
            let twin = try bench.developer()
            await #expect(throws: AccountError.self) { try await bench.write(twin) { $0.mails = [mail] } }
            #expect(try await bench.store.nextMailDue() == nil)
            // Closing ends the stream; a signal of the refused step would come before that end.
            try await bench.host.close()
            var signals = arrivals.makeAsyncIterator()
            #expect(await signals.next() == nil)
        },
    ]
}

extension StoreBench {
    fileprivate var later: Timestamp { now.adding(.seconds(24 * 3600)) }

    /// Adds mails that nobody's account is bound to.
    fileprivate func promise(_ mails: [OutboxMail]) async throws {
        var change = AccountChange()
        change.mails = mails
        let written = change
        try await store.step(on: .developer(mint.id()), in: portal.id) { _ in AccountDecision(written) }
    }
}
