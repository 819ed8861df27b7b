import Accounts
import Languages
import Testing

extension StoreConformance {
    static let mailTemplates: [ConformanceCase] = [
        ConformanceCase("what a portal chose for a mail comes back in every language as it was written") { bench in
            let template = bench.template { template in
                template.isEnabled = false
                template.texts[.japanese] = MailText(subject: "確認 {{portal_domain}}", body: "一\n\n\"二\"")
                template.texts[.german] = MailText(title: "T", buttonLabel: "B")
            }
            #expect(try await bench.change { _ in template } == template)
            let store = try await bench.host.open()
            #expect(try await store.mailTemplate(template.name, of: bench.portal.id) == template)
            #expect(try await store.mailTemplates(of: bench.portal.id) == [template])
            #expect(try await store.mailTemplate(.resetPassword, of: bench.portal.id) == nil)
        },
        ConformanceCase("a step on a mail's texts sees what is kept, and nothing may be kept") { bench in
            let template = bench.template { $0.texts[.english] = MailText(title: "T") }
            _ = try await bench.change { known in
                #expect(known == nil)
                return template
            }
            let gone = try await bench.change { known in
                #expect(known == template)
                return nil
            }
            #expect(gone == nil)
            #expect(try await bench.store.mailTemplates(of: bench.portal.id).isEmpty)
        },
        ConformanceCase("a step on a mail's texts that throws changes nothing and tells the log nothing") { bench in
            _ = try await bench.change { _ in bench.template { $0.isEnabled = false } }
            let before = try await bench.store.auditHead()
            await #expect(throws: Refusal()) { try await bench.change { _ in throw Refusal() } }
            #expect(try await bench.store.mailTemplates(of: bench.portal.id).count == 1)
            #expect(try await bench.store.auditHead() == before)
        },
        ConformanceCase("the mails of a portal that is not there have no texts, and get none") { bench in
            let absent: PortalID = bench.mint.id()
            let found = try await bench.store.mailTemplates(of: absent)
            #expect(found.isEmpty)
            await #expect(throws: AccountError.notFound("portal")) {
                _ = try await bench.store.changeMailTemplate(
                    .accountAccessApproved, of: absent, recording: AuditEvent(.mailTemplateChanged, by: .operator)
                ) { _ in bench.template { $0.isEnabled = false } }
            }
        },
        ConformanceCase("the texts of two portals' mails are apart, and go with their portal") { bench in
            let other = try await bench.otherPortal()
            _ = try await bench.change { _ in bench.template { $0.isEnabled = false } }
            #expect(try await bench.store.mailTemplates(of: other.id).isEmpty)
            try await bench.store.delete(
                bench.portal.id, evenPublishing: true,
                recording: AuditEvent(.portalDeleted, by: .operator, portal: bench.portal.id))
            #expect(try await bench.store.mailTemplates(of: bench.portal.id).isEmpty)
        },
        ConformanceCase("a mail of no account is promised with its audit entry, and waits with all it says") { bench in
            let message = AccountMessage(
                portal: bench.portal.id, portalName: "Acme", portalLink: "https://acme.example",
                content: .approved(name: "Jane", logInLink: "https://acme.example/login"), language: .spanish,
                trial: MailText(subject: "Prueba", body: "{{portal_domain}}"))
            let mail = OutboxMail(
                id: bench.mint.id(), recipient: try EmailAddress("admin@example.com"), message: message, createdAt: bench.now)
            let record = ThrottleRecord(
                key: Array(repeating: 7, count: 32), failures: 3, lastFailure: bench.now, blockedUntil: bench.now)
            try await bench.store.promise(
                mail, recording: AuditEvent(.mailTemplateTested, by: .operator, portal: bench.portal.id), throttles: [record])
            let store = try await bench.host.open()
            #expect(try await store.dueMails(at: bench.now, limit: 10) == [mail])
            #expect(try await store.throttleRecords() == [record])
            var filter = AuditFilter()
            filter.action = .mailTemplateTested
            #expect(try await store.auditEntries(matching: filter, after: 0, limit: 10).count == 1)
        },
    ]
}

extension StoreBench {
    fileprivate func template(_ fill: (inout CustomMailTemplate) -> Void) -> CustomMailTemplate {
        var template = CustomMailTemplate(name: .accountAccessApproved, createdAt: now, updatedAt: now.adding(.seconds(1)))
        fill(&template)
        return template
    }

    fileprivate func change(
        _ change: @escaping @Sendable (CustomMailTemplate?) throws -> CustomMailTemplate?
    ) async throws -> CustomMailTemplate? {
        try await store.changeMailTemplate(
            .accountAccessApproved, of: portal.id,
            recording: AuditEvent(.mailTemplateChanged, by: .operator, portal: portal.id), change: change)
    }
}
