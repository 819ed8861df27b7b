import Accounts
import Testing

@testable import ConsolePages

@Suite("Access requests in the console")
struct AccessRequestTests {
    static let path = "/portals/acme/requests"

    @Test("several are approved at once, and the page says how many")
    func approval() async throws {
        let console = try await TestConsole()
        let (jane, joan) = (try await console.waiting("jane@example.com"), try await console.waiting("joan@example.com"))
        let jim = try await console.waiting("jim@example.com")
        try await console.browse(as: .approver) { browser in
            let list = try await browser.get(Self.path)
            let answer = try await browser.submit(
                list, ["step": "approve", "developer-\(jane.id)": "on", "developer-\(joan.id)": "on"])
            #expect(answer.status == .seeOther)
            let page = try await browser.get(try #require(answer.location))
            #expect(page.contains("2 developers approved"))
            #expect(page.contains("jim@example.com") && !page.contains("jane@example.com"))
        }
        #expect(try await console.status(of: jane) == .approved)
        #expect(try await console.status(of: joan) == .approved)
        #expect(try await console.status(of: jim) == .pending)
    }

    @Test("what takes something away is asked once more, naming whom it is about", arguments: ["reject", "delete"])
    func confirmation(step: String) async throws {
        let console = try await TestConsole()
        let jane = try await console.waiting("jane@example.com", name: "Jane <i>Doe")
        try await console.browse(as: .approver) { browser in
            let list = try await browser.get(Self.path)
            let question = try await browser.submit(list, ["step": step, "developer-\(jane.id)": "on"])
            #expect(question.status == .ok)
            #expect(question.contains("Jane &lt;i&gt;Doe (jane@example.com)"))
            #expect(try await console.status(of: jane) == .pending)
            let answer = try await browser.submit(question)
            #expect(answer.location == "\(Self.path)?done=\(step)&count=1")
        }
        #expect(try await console.status(of: jane) == (step == "reject" ? .rejected : nil))
    }

    @Test("with whom it could not be done is named, and the others are done")
    func partialFailure() async throws {
        let console = try await TestConsole()
        let (jane, joan) = (
            try await console.waiting("jane@example.com"), try await console.waiting("joan@example.com", name: "Joan Late")
        )
        try await console.browse(as: .owner) { browser in
            let list = try await browser.get(Self.path)
            _ = try await console.flows.approval.approve(joan.id, at: console.portal, by: .operator)
            let page = try await browser.submit(
                list, ["step": "approve", "developer-\(jane.id)": "on", "developer-\(joan.id)": "on"])
            #expect(page.status == .conflict)
            #expect(page.contains("1 developer approved"))
            #expect(page.contains("Joan Late: the status is “approved” by now"))
        }
        #expect(try await console.status(of: jane) == .approved)
    }

    @Test("nobody chosen is said so; a step that there is not, is refused")
    func nothing() async throws {
        let console = try await TestConsole()
        let jane = try await console.waiting("jane@example.com")
        try await console.browse(as: .approver) { browser in
            let list = try await browser.get(Self.path)
            let page = try await browser.submit(list, ["step": "approve"])
            #expect(page.status == .badRequest)
            #expect(page.contains("Choose at least one developer"))
            #expect(try await browser.submit(list, ["step": "x", "developer-\(jane.id)": "on"]).status == .forbidden)
        }
    }

    @Test("all of a page are checked by a link, without scripts")
    func selection() async throws {
        let console = try await TestConsole()
        for number in 0..<3 { try await console.waiting("jane\(number)@example.com") }
        try await console.browse(as: .approver) { browser in
            let list = try await browser.get(Self.path)
            #expect(!list.contains(" checked>"))
            let link = try #require(list.body.firstMatch(of: #/<p class="selection"><a href="([^"]+)"/#)?.1)
            let selected = try await browser.get(String(link).replacing("&amp;", with: "&"))
            #expect(selected.body.matches(of: #/ checked>/#).count == 3)
        }
    }

    @Test("a long list has pages, and a page beyond the end is the last one")
    func pages() async throws {
        let console = try await TestConsole()
        for number in 0..<(AccessRequestsView.pageSize + 1) { try await console.waiting("jane\(number)@example.com") }
        try await console.browse(as: .approver) { browser in
            let second = try await browser.get("\(Self.path)?page=9")
            #expect(second.contains("Page 2 of 2"))
            #expect(second.body.matches(of: #/type="checkbox"/#).count == 1)
        }
    }

    @Test("another admin's form, another site's, and one that was never shown are refused")
    func forgery() async throws {
        let console = try await TestConsole()
        let jane = try await console.waiting("jane@example.com")
        try await console.browse(as: .owner) { browser in
            let list = try await browser.get(Self.path)
            var form = try list.form(to: Self.path).hidden
            form["step"] = "approve"
            form["developer-\(jane.id)"] = "on"
            let foreign = try await browser.post(Self.path, form, headers: [.init("Sec-Fetch-Site")!: "same-site"])
            #expect(foreign.status == .forbidden)
            await browser.forget("portalform")
            #expect(try await browser.post(Self.path, form).status == .forbidden)
            let other = try await browser.get(Self.path)
            let cookie = await browser.cookies["portalform"]
            try await console.browse(as: .approver) { second in
                await second.keep("portalform", cookie ?? "")
                var stolen = try other.form(to: Self.path).hidden
                stolen["step"] = "approve"
                stolen["developer-\(jane.id)"] = "on"
                #expect(try await second.post(Self.path, stolen).status == .forbidden)
            }
        }
        #expect(try await console.status(of: jane) == .pending)
    }

    @Test("where nobody waits the page says who appears there, and that a portal decides by itself")
    func nobodyWaits() async throws {
        let console = try await TestConsole()
        try await console.browse(as: .viewer) { browser in
            let page = try await browser.get(Self.path)
            #expect(page.contains("as soon as they have verified their e-mail address"))
            #expect(!page.contains("approves developers by itself"))
            var draft = PortalDraft()
            draft.autoApproveDevelopers = true
            _ = try await console.flows.portals.update(console.portal.id, with: draft, by: .operator)
            #expect(try await browser.get(Self.path).contains("approves developers by itself"))
        }
    }
}
