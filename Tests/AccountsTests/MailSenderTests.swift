import Accounts
import AccountsTesting
import Testing

@Suite("By whom a portal's mails are sent")
struct MailSenderTests {
    private static func office() async throws -> Office { try await Office(senderDomains: ["Acme.example", "bücher.example"]) }

    @Test("a portal gets, changes and loses a sender of its own, and the log tells of it")
    func life() async throws {
        let office = try await Self.office()
        let (senders, portal) = (office.flows.mailSenders, office.portal.id)
        await #expect(throws: AccountError.notFound("e-mail configuration")) {
            try await senders.change(of: portal, with: MailSenderDraft(name: "A"), by: .operator)
        }
        let made = try await senders.create(
            for: portal, with: MailSenderDraft(name: "Acme", address: "Dev@ACME.example", domain: "acme.EXAMPLE"), by: .operator)
        #expect(made.name == "Acme" && made.address?.value == "Dev@ACME.example" && made.replyTo == nil)
        await #expect {
            try await senders.create(for: portal, with: MailSenderDraft(), by: .operator)
        } throws: { error in
            if case AccountError.conflict = error { true } else { false }
        }
        let changed = try await senders.change(
            of: portal, with: MailSenderDraft(address: .some(nil), replyTo: "hilfe@bücher.example"), by: .operator)
        #expect(changed.id == made.id && changed.name == "Acme" && changed.address == nil)
        #expect(changed.replyTo?.domain == "xn--bcher-kva.example")
        #expect(try senders.sender(of: await office.flows.portals.portal(portal)) == changed)
        try await senders.reset(portal, by: .operator)
        #expect(try await office.flows.portals.portal(portal).mailSender == nil)
        await #expect(throws: AccountError.notFound("e-mail configuration")) { try await senders.reset(portal, by: .operator) }
        #expect(
            await office.store.auditActions.suffix(3) == [.mailSenderChanged, .mailSenderChanged, .mailSenderReset])
    }

    @Test(
        "an address is taken in a domain that the operator permits, and in no other",
        arguments: [
            "dev@evil.example", "dev@sub.acme.example", "dev@acme.example.evil.example", "dev@xacme.example", "dev@acme.example.",
            "dév@acme.example", "a@b@acme.example", "dev@acme.example\r\nBcc: eve@evil.example", "\"x\"@acme.example", "", "dev",
        ])
    func foreign(address: String) async throws {
        let office = try await Self.office()
        for (draft, field) in [
            (MailSenderDraft(address: address), "from_email"), (MailSenderDraft(replyTo: address), "reply_to_email"),
        ] {
            await #expect {
                try await office.flows.mailSenders.save(for: office.portal.id, with: draft, by: .operator)
            } throws: { error in
                guard case AccountError.invalidFields(let errors) = error else { return false }
                return errors.map(\.field) == [field]
            }
        }
        #expect(try await office.flows.portals.portal(office.portal.id).mailSender == nil)
    }

    @Test("no address at all is taken where the operator permits no domain, and a name is")
    func none() async throws {
        let office = try await Office()
        await #expect(throws: AccountError.self) {
            try await office.flows.mailSenders.save(
                for: office.portal.id, with: MailSenderDraft(address: "dev@acme.example"), by: .operator)
        }
        let sender = try await office.flows.mailSenders.save(
            for: office.portal.id, with: MailSenderDraft(name: "アクメ"), by: .operator)
        #expect(sender.name == "アクメ")
    }

    @Test(
        "a name that could end its line, turn around or look like an address is refused",
        arguments: [
            "", " ", "A\r\nBcc: eve@evil.example", "A\u{2028}B", "A\u{202E}B", "security@bank.example", "bank＠bank.example",
            "Bank <security", "\"Bank\"", String(repeating: "a", count: 251),
        ])
    func names(name: String) async throws {
        let office = try await Self.office()
        await #expect {
            try await office.flows.mailSenders.save(for: office.portal.id, with: MailSenderDraft(name: name), by: .operator)
        } throws: { error in
            guard case AccountError.invalidFields(let errors) = error else { return false }
            return errors.map(\.field) == ["from_name"]
        }
    }

    @Test("another domain beside the address is refused", arguments: ["evil.example", "bücher.example", "", "acme"])
    func domain(name: String) async throws {
        let office = try await Self.office()
        await #expect {
            try await office.flows.mailSenders.save(
                for: office.portal.id, with: MailSenderDraft(address: "dev@acme.example", domain: .some(name)), by: .operator)
        } throws: { error in
            guard case AccountError.invalidFields(let errors) = error else { return false }
            return errors.map(\.field) == ["domain_name"]
        }
    }
}
