import Accounts
import Testing

extension StoreConformance {
    static let retention: [ConformanceCase] = [
        ConformanceCase("unverified registrations go after their time, and nobody else does") { bench in
            let stale = try bench.developer("stale@example.com", status: .pending, isVerified: false)
            var fresh = try bench.developer("fresh@example.com", status: .pending, isVerified: false)
            fresh.updatedAt = bench.now.adding(.seconds(10))
            let rejected = try bench.developer("rejected@example.com", status: .rejected, isVerified: false)
            let verified = try bench.developer("verified@example.com", status: .pending)
            let invited = Developer(
                id: bench.mint.id(), portal: bench.portal.id, email: try EmailAddress("invited@example.com"),
                fullName: try FullName("In Vited"), origin: .invitation, createdAt: bench.now, updatedAt: bench.now)
            for developer in [stale, fresh, rejected, verified, invited] { try await bench.write(developer) }
            let counts = try await bench.store.purge(before: bench.cutoffs(5), limit: 100)
            #expect(counts.developers == 1)
            let left = try await bench.store.developers(in: bench.portal.id, matching: DeveloperFilter(), page: PageRequest())
            #expect(Set(left.elements.map(\.id)) == [fresh.id, rejected.id, verified.id, invited.id])
            var filter = AuditFilter()
            filter.developer = stale.id
            let events = try await bench.store.auditEntries(matching: filter, after: 0, limit: 10).map(\.event)
            #expect(events == [AuditEvent(.developerPurged, by: .node, on: stale)])
        },
        ConformanceCase("one-time tokens go after their time, used or not") { bench in
            let (old, new) = (bench.token(.verifyEmail), bench.token(.setPassword))
            let developer = try bench.developer()
            try await bench.write(developer) { $0.issues = [old, new] }
            try await bench.write(developer) { $0.spends = [.verifyEmail] }
            // Both are good for an hour.
            #expect(try await bench.store.purge(before: bench.cutoffs(3600), limit: 100).oneTimeTokens == 0)
            #expect(try await bench.snapshot(of: .oneTimeToken(old.hash)).token?.state == .spent)
            #expect(try await bench.store.purge(before: bench.cutoffs(3601), limit: 100).oneTimeTokens == 2)
            #expect(try await bench.snapshot(of: .oneTimeToken(old.hash)).token == nil)
        },
        ConformanceCase("sessions that cannot be renewed go after their time") { bench in
            let tokens = bench.tokens()
            let developer = try bench.developer()
            try await bench.write(developer) { $0.opens = bench.session(tokens) }
            #expect(try await bench.store.purge(before: bench.cutoffs(3600), limit: 100).sessions == 0)
            #expect(try await bench.store.sessions(of: developer.id, in: bench.portal.id, at: bench.now).count == 1)
            #expect(try await bench.store.purge(before: bench.cutoffs(3601), limit: 100).sessions == 1)
            #expect(
                try await bench.store.refresh(with: tokens.refresh, in: bench.portal.id, to: bench.tokens(), at: bench.now)
                    == .refused)
        },
        ConformanceCase("mails that are done go after their time, and those that wait stay") { bench in
            let mails = [try bench.mail(), try bench.mail(), try bench.mail()]
            try await bench.write(try bench.developer()) { $0.mails = mails }
            try await bench.store.mailDelivered(mails[0].id, at: bench.now)
            try await bench.store.mailFailed(mails[1].id, at: bench.now, problem: "refused")
            #expect(try await bench.store.purge(before: bench.cutoffs(0), limit: 100).mails == 0)
            #expect(try await bench.store.purge(before: bench.cutoffs(1), limit: 100).mails == 2)
            #expect(try await bench.store.dueMails(at: bench.now, limit: 10).map(\.id) == [mails[2].id])
        },
        ConformanceCase("throttle counts go when they are forgotten") { bench in
            let old = ThrottleRecord(
                key: [UInt8](repeating: 1, count: 32), failures: 3, lastFailure: bench.now, blockedUntil: bench.now)
            let blocked = ThrottleRecord(
                key: [UInt8](repeating: 2, count: 32), failures: 30, lastFailure: bench.now,
                blockedUntil: bench.now.adding(.seconds(1000)))
            try await bench.store.record([], throttles: [old, blocked])
            #expect(try await bench.store.purge(before: bench.cutoffs(10), limit: 100).throttles == 1)
            #expect(try await bench.store.throttleRecords() == [blocked])
        },
        ConformanceCase("one step removes no more than it is told to") { bench in
            for number in 0..<5 {
                try await bench.write(try bench.developer("dev\(number)@example.com", status: .pending, isVerified: false))
            }
            for expected in [2, 2, 1, 0] {
                let counts = try await bench.store.purge(before: bench.cutoffs(5), limit: 2)
                #expect(counts.developers == expected)
            }
            while try await bench.store.clearTraces() {}
            #expect(try await bench.store.developers(in: bench.portal.id, matching: .init(), page: .init()).total == 0)
        },
        ConformanceCase("a portal's developers go in steps, and then the portal, which frees its name") { bench in
            let other = try await bench.otherPortal()
            for number in 0..<3 { try await bench.write(try bench.developer("dev\(number)@example.com", at: other)) }
            try await bench.write(try bench.developer())
            let event = AuditEvent(.portalDeleted, by: .operator, portal: other.id)
            await expectConflict { try await bench.store.delete(other.id, evenPublishing: true, recording: event) }
            for expected in [2, 1, 0] {
                let count = try await bench.store.deleteDevelopers(of: other.id, limit: 2, by: .operator)
                #expect(count == expected)
            }
            try await bench.store.delete(other.id, evenPublishing: false, recording: event)
            #expect(try await bench.store.portal(other.id) == nil)
            #expect(try await bench.store.developers(in: bench.portal.id, matching: .init(), page: .init()).total == 1)
            _ = try await bench.otherPortal()
        },
    ]
}

extension StoreBench {
    /// Cutoffs for everything, so many seconds from now.
    func cutoffs(_ seconds: Int) -> RetentionCutoffs {
        let moment = now.adding(.seconds(seconds))
        return RetentionCutoffs(
            now: now.adding(.seconds(seconds)), unverifiedRegistrations: moment, oneTimeTokens: moment, sessions: moment,
            deliveredMails: moment, deadLetters: moment, throttles: moment)
    }
}
