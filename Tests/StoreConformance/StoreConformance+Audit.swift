import Accounts
import Testing

extension StoreConformance {
    static let audit: [ConformanceCase] = [
        ConformanceCase("the audit log begins empty, and holds each event in its place, also after the store was opened again") {
            bench in
            let before = try await bench.store.auditHead()
            let developer = try bench.developer()
            let events = [
                AuditEvent(.developerRegistered, by: .anonymous, on: developer),
                AuditEvent(.developerApproved, by: .admin(bench.mint.id()), on: developer, from: .pending),
                AuditEvent(.sessionEnded, ofOwn: developer, subject: "s"), AuditEvent(.developerPurged, by: .node, on: developer),
                AuditEvent(.auditExported, by: .operator),
            ]
            try await bench.write(developer) { $0.events = Array(events[..<3]) }
            try await bench.store.record(Array(events[3...]), throttles: [])
            let store = try await bench.host.open()
            let entries = try await store.auditEntries(matching: AuditFilter(), after: before.sequence, limit: 100)
            #expect(entries.map(\.event) == events)
            #expect(try await store.auditHead() == entries.last?.head)
            let verified = try await AuditLog(store: store).verify()
            #expect(verified == entries.last?.head)
        },
        ConformanceCase("a step that is refused leaves no event") { bench in
            let before = try await bench.store.auditHead()
            await #expect(throws: Refusal()) {
                try await bench.store.step(on: .developer(bench.mint.id()), in: bench.portal.id) { _ -> AccountDecision<Void> in
                    throw Refusal()
                }
            }
            #expect(try await bench.store.auditHead() == before)
        },
        ConformanceCase("events of many steps at once make one chain") { bench in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<40 {
                    group.addTask {
                        let developer = try bench.developer("dev\(number)@example.com")
                        try await bench.write(developer) {
                            $0.events = [AuditEvent(.developerRegistered, by: .anonymous, on: developer)]
                        }
                    }
                }
                try await group.waitForAll()
            }
            let head = try await AuditLog(store: bench.store).verify()
            #expect(head.sequence >= 40)
        },
        ConformanceCase("the log is read by developer, action, actor, portal and time, from any entry on") { bench in
            let (jane, joan) = (try bench.developer("jane@example.com"), try bench.developer("joan@example.com"))
            let admin: AdminID = bench.mint.id()
            try await bench.store.record(
                [
                    AuditEvent(.loggedIn, ofOwn: jane), AuditEvent(.loggedIn, ofOwn: joan),
                    AuditEvent(.developerRevoked, by: .admin(admin), on: jane, from: .approved),
                ], throttles: [])
            let all = try await bench.store.auditEntries(matching: AuditFilter(), after: 0, limit: 100)
            for make: (inout AuditFilter) -> Void in [
                { $0.developer = jane.id }, { $0.action = .loggedIn }, { $0.actor = admin.description },
                { $0.portal = bench.portal.id }, { $0.from = all.last?.at }, { $0.before = all.last?.at },
                { filter in
                    filter.developer = jane.id
                    filter.action = .loggedIn
                },
            ] {
                var filter = AuditFilter()
                make(&filter)
                let found = try await bench.store.auditEntries(matching: filter, after: 0, limit: 100)
                #expect(found == all.filter(filter.takes))
                let newest = try await bench.store.auditEntries(matching: filter, before: .max, limit: 100)
                #expect(newest == found.reversed())
            }
            let rest = try await bench.store.auditEntries(matching: AuditFilter(), after: all[0].sequence, limit: 1)
            #expect(rest == [all[1]])
            let last = try #require(all.last)
            let older = try await bench.store.auditEntries(matching: AuditFilter(), before: last.sequence, limit: 1)
            #expect(older == [all[all.count - 2]])
            #expect(try await bench.store.auditEntries(matching: AuditFilter(), before: 1, limit: 1) == [])
        },
        ConformanceCase("what is done to portals, APIs and admins is in the log") { bench in
            let other = try await bench.otherPortal()
            _ = try await bench.store.update(other.id) { $0.displayName = "Renamed" }
            try await bench.store.delete(
                other.id, evenPublishing: false, recording: AuditEvent(.portalDeleted, by: .operator, portal: other.id))
            var filter = AuditFilter()
            filter.portal = other.id
            let found = try await bench.store.auditEntries(matching: filter, after: 0, limit: 10)
            #expect(found.map(\.event.action) == [.portalCreated, .portalUpdated, .portalDeleted])
        },
        ConformanceCase("throttle counts are kept, replaced and forgiven") { bench in
            let key = [UInt8](repeating: 7, count: 32)
            var record = ThrottleRecord(key: key, failures: 1, lastFailure: bench.now, blockedUntil: bench.now)
            try await bench.store.record([], throttles: [record])
            record.failures = 12
            record.blockedUntil = bench.now.adding(.seconds(2))
            try await bench.write(try bench.developer()) { $0.throttles = [record] }
            let store = try await bench.host.open()
            #expect(try await store.throttleRecords() == [record])
            record.failures = 0
            try await store.record([], throttles: [record])
            #expect(try await store.throttleRecords().isEmpty)
        },
    ]
}
