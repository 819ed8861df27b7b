import Accounts
import Testing

@testable import ConsolePages

@Suite("Developers in the console")
struct DeveloperPageTests {
    static let path = "/portals/acme/developers"

    @Test("the list is searched, filtered and sorted by its address")
    func list() async throws {
        let console = try await TestConsole()
        let jane = try await console.waiting("jane@example.com", name: "Jane Doe")
        try await console.waiting("ann@example.org", name: "Ann Other")
        _ = try await console.flows.approval.approve(jane.id, at: console.portal, by: .operator)
        try await console.browse(as: .viewer) { browser in
            for (query, expected) in [
                ("sort=name", ["Ann Other", "Jane Doe"]), ("q=DOE", ["Jane Doe"]), ("q=example.org&in=email", ["Ann Other"]),
                ("status=approved", ["Jane Doe"]), ("status=pending", ["Ann Other"]), ("q=nobody", []),
            ] {
                let page = try await browser.get("\(Self.path)?\(query)")
                let names = page.body.matches(of: #/<bdi>((?:Jane|Ann) [A-Za-z]+)<\/bdi>/#).map { String($0.1) }
                #expect(names == expected, "\(query)")
            }
            let hostile = try await browser.get("\(Self.path)?q=%22%3E%3Cscript%3E")
            #expect(hostile.contains("value=\"&quot;&gt;&lt;script&gt;\""))
        }
    }

    @Test("a whole address finds its developer, whatever the field; a link leads to all that contain it")
    func wholeAddress() async throws {
        let console = try await TestConsole()
        try await console.waiting("ann@example.com", name: "Ann One")
        try await console.waiting("joann@example.com", name: "Jo Ann")
        try await console.waiting("ann@example.com.au", name: "Ann Two")
        try await console.waiting("eva@xn--mller-kva.example", name: "Eva Müller")
        try await console.browse(as: .viewer) { browser in
            func names(_ query: String) async throws -> [String] {
                let page = try await browser.get("\(Self.path)?\(query)")
                return page.body.matches(of: #/<a href="[^"]+"><bdi>([^<]+)</#).map { String($0.1) }
            }
            for query in ["q=ann@example.com", "q=Ann%40Example.COM&in=email", "q=ann@example.com&in=name&status=pending"] {
                #expect(try await names(query) == ["Ann One"], "\(query)")
            }
            #expect(try await names("q=eva@m%C3%BCller.example") == ["Eva Müller"])
            let page = try await browser.get("\(Self.path)?q=ann@example.com&sort=email")
            let link = try #require(page.body.firstMatch(of: #/<a href="([^"]+)">Show all addresses that contain this one/#))
            let query = link.1.split(separator: "?")[1].replacing("&amp;", with: "&")
            #expect(try await names(String(query)) == ["Ann One", "Ann Two", "Jo Ann"])
            // Nobody has that state, or that address.
            #expect(try await names("q=ann@example.com&status=revoked").isEmpty)
            #expect(try await names("q=nn@example.com&in=email&sort=email") == ["Ann One", "Ann Two", "Jo Ann"])
        }
    }

    @Test("a step of one developer is asked for, done and told")
    func step() async throws {
        let console = try await TestConsole()
        let jane = try await console.waiting("jane@example.com")
        let path = "\(Self.path)/\(jane.id)"
        try await console.browse(as: .approver) { browser in
            let approved = try await browser.submit(browser.get(path), ["step": "approve"])
            #expect(approved.location == "\(path)?done=approve")
            let page = try await browser.get("\(path)?done=approve")
            #expect(page.contains("1 developer approved"))
            #expect(page.contains("value=\"revoke\"") && !page.contains("value=\"approve\""))
            let question = try await browser.submit(page, ["step": "revoke"])
            #expect(question.contains("Revoke the access of 1 developer?"))
            _ = try await browser.submit(question)
            #expect(try await console.status(of: jane) == .revoked)
            let deleted = try await browser.submit(browser.submit(browser.get(path), ["step": "delete"]))
            #expect(deleted.location == "\(Self.path)?done=delete")
            #expect(try await browser.get(path).status == .notFound)
        }
        let last = try #require(try await console.flows.auditLog.newest(matching: AuditFilter(), limit: 1).first)
        #expect(last.event.action == .developerDeleted)
        let approver = try #require(console.admins[.approver])
        #expect(last.event.actor == .admin(approver.id))
    }

    @Test("a developer of another portal is not found by this one's address")
    func otherPortal() async throws {
        let console = try await TestConsole()
        let jane = try await console.waiting("jane@example.com")
        _ = try await console.flows.portals.create(PortalDraft(name: "Other"), by: .operator)
        try await console.browse(as: .owner) { browser in
            for path in ["/portals/other/developers/\(jane.id)", "/portals/none/developers", "\(Self.path)/x"] {
                let page = try await browser.get(path)
                #expect(page.status == .notFound, "\(path)")
            }
        }
    }

    @Test("an invited developer is approved and gets a mail; a known address and wrong fields are told")
    func invitation() async throws {
        let console = try await TestConsole()
        let before = await console.store.mails.count
        try await console.browse(as: .approver) { browser in
            let form = try await browser.get("\(Self.path)/invite")
            let wrong = try await browser.submit(form, ["full_name": "", "email": "x", "language": "de"])
            #expect(wrong.status == .badRequest)
            #expect(wrong.contains("Please fill in “Name”.") && wrong.contains("Enter an e-mail address such as"))
            #expect(wrong.contains("value=\"x\""))
            let done = try await browser.submit(
                form, ["full_name": "Jane Doe", "email": "jane@example.com", "language": "de"])
            #expect(try await browser.get(try #require(done.location)).contains("The invitation is on its way."))
            let again = try await browser.submit(
                form, ["full_name": "Jane Doe", "email": "JANE@example.com", "language": "de"])
            #expect(again.status == .conflict)
            #expect(again.contains("There is a developer with this address already."))
        }
        let developer = try #require(await console.store.developer(with: EmailAddress("jane@example.com"), in: console.portal.id))
        #expect(developer.status == .approved)
        #expect(developer.language == .german)
        #expect(await console.store.mails.count == before + 1)
    }
}
