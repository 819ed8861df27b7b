import Accounts
import Foundation
import Languages
import Testing

@testable import ConsolePages

@Suite("The audit log in the console")
struct AuditPageTests {
    @Test("entries name who and whom, with ways to their pages, as far as the role of whoever looks goes")
    func names() async throws {
        let console = try await TestConsole()
        let jane = try await console.waiting("jane@example.com", name: "Jane <i>Doe")
        let viewer = try #require(console.admins[.viewer])
        _ = try await console.flows.catalog.create(name: "Payments", version: "1", description: nil, by: .operator)
        _ = try await console.flows.approval.approve(jane.id, at: console.portal, by: .admin(viewer.id))
        let developer =
            "<a href=\"/portals/acme/developers/\(jane.id)\"><bdi>Jane &lt;i&gt;Doe</bdi></a> (<bdi>jane@example.com</bdi>)"
        for (role, linksAdmins) in [(AdminRole.approver, false), (.owner, true)] {
            try await console.browse(as: role) { browser in
                let page = try await browser.get("/audit")
                #expect(page.contains(developer) && page.contains("<bdi>Payments</bdi></a>"))
                #expect(page.contains("admin <a href=\"/admins/\(viewer.id)\"><bdi>viewer@example.com</bdi></a>") == linksAdmins)
                #expect(page.contains("admin <bdi>viewer@example.com</bdi>") == !linksAdmins)
                #expect(page.contains("<a href=\"/portals/acme/requests\"><bdi>Acme</bdi></a>"))
                // Sessions, which log-ins are about, never had names.
                #expect(page.contains("admin.logged_in") && !page.contains("(deleted)"))
            }
        }
    }

    @Test(
        "every action has words in every language, and the page shows them beside the word of the log",
        arguments: Language.allCases)
    func words(language: Language) async throws {
        let book = Phrasebook.of(language)
        let kept = book.names.filter { $0.hasPrefix("audit.") }
        #expect(Set(kept) == Set(AuditEvent.Action.allCases.map { "audit.\($0.rawValue)" }))
        let console = try await TestConsole()
        let jane = try await console.waiting("jane@example.com")
        _ = try await console.flows.approval.approve(jane.id, at: console.portal, by: .operator)
        try await console.browse(as: .approver) { browser in
            let page = try await browser.get("/audit", headers: [.acceptLanguage: language.tag])
            let label = AuditEvent.Action.developerApproved.label(in: book)
            #expect(page.contains("\(label) <code class=\"hint\">developer.approved</code>"))
        }
    }

    @Test("what was deleted is told by its id alone, and the page is there all the same")
    func deleted() async throws {
        let console = try await TestConsole()
        let jane = try await console.waiting("jane@example.com")
        let viewer = try #require(console.admins[.viewer])
        _ = try await console.flows.approval.approve(jane.id, at: console.portal, by: .admin(viewer.id))
        try await console.flows.approval.delete(jane.id, at: console.portal, by: .admin(viewer.id))
        try await console.flows.admins.delete(viewer.id, by: .operator)
        try await console.browse(as: .approver) { browser in
            let page = try await browser.get("/audit")
            #expect(page.status == .ok && !page.contains("jane@example.com") && !page.contains("viewer@example.com"))
            #expect(page.contains("<code>\(jane.id)</code> <span class=\"hint\">(deleted)</span>"))
            #expect(page.contains("admin <code>\(viewer.id)</code> <span class=\"hint\">(deleted)</span>"))
        }
    }

    @Test("a developer's history does not take the developer's name for who has none any more")
    func history() async throws {
        let console = try await TestConsole()
        let jane = try await console.waiting("jane@example.com", name: "Jane Doe")
        let viewer = try #require(console.admins[.viewer])
        _ = try await console.flows.approval.approve(jane.id, at: console.portal, by: .admin(viewer.id))
        try await console.flows.admins.delete(viewer.id, by: .operator)
        try await console.browse(as: .approver) { browser in
            let page = try await browser.get("/portals/acme/developers/\(jane.id)")
            #expect(page.contains("admin <code>\(viewer.id)</code>") && !page.contains("admin <bdi>"))
        }
    }

    @Test("the log is downloaded as JSON Lines, which is an entry itself; an address alone does not do it")
    func export() async throws {
        let console = try await TestConsole()
        let jane = try await console.waiting("jane@example.com")
        try await console.browse(as: .approver) { browser in
            #expect(try await browser.get("/audit/export").status == .methodNotAllowed)
            let file = try await browser.submit(browser.get("/audit"), to: "/audit/export")
            #expect(file.status == .ok && file.header("content-type") == "application/jsonl")
            #expect(file.header("content-disposition")?.hasPrefix("attachment; filename=\"audit-log-") == true)
            let lines = file.body.split(separator: "\n")
            let last = try await console.flows.auditLog.head().sequence
            #expect(lines.count == Int(last) && lines.last?.contains("audit_log.exported") == true)
            #expect(file.contains("\(jane.id)") && !file.contains("jane@example.com"))
            for line in lines { #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(line.utf8)) } }
        }
    }
}
