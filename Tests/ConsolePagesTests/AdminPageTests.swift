import Accounts
import Testing

@testable import ConsolePages

@Suite("Admins, tokens and settings in the console")
struct AdminPageTests {
    @Test("a new admin gets a link by mail; a known address is told")
    func newAdmin() async throws {
        let console = try await TestConsole()
        let before = await console.store.mails.count
        try await console.browse(as: .owner) { browser in
            let page = try await browser.get("/admins")
            let answer = try await browser.submit(page, ["email": "new@example.com", "role": "approver"])
            let admin = try await browser.get(try #require(answer.location))
            #expect(admin.contains("new@example.com") && admin.contains("A link to choose a password is on its way."))
            let again = try await browser.submit(page, ["email": "new@example.com", "role": "approver"])
            #expect(again.status == .conflict)
            #expect(again.contains("There is an admin with this address already."))
        }
        #expect(await console.store.mails.count == before + 1)
    }

    @Test("a token is shown once and opens the management API with the admin's role, until it is revoked")
    func token() async throws {
        let console = try await TestConsole()
        let viewer = try #require(console.admins[.viewer])
        try await console.browse(as: .owner) { browser in
            let path = "/admins/\(viewer.id)"
            let wrong = try await browser.submit(browser.get(path), to: "\(path)/tokens", ["name": "test", "days": "0"])
            #expect(wrong.status == .badRequest)
            #expect(wrong.contains("Validity in days must be a number from 1 to 3,650."))
            let made = try await browser.submit(browser.get(path), to: "\(path)/tokens", ["name": "test", "days": "7"])
            let token = String(try #require(made.body.firstMatch(of: #/<code class="once">([^<]+)</#)?.1))
            let admin = try await console.flows.admins.admin(showing: token)
            #expect(admin.id == viewer.id)
            let page = try await browser.get(path)
            #expect(!page.contains(token))
            let id = try #require(page.body.firstMatch(of: #/name="revoke" value="([^"]+)"/#)?.1)
            let question = try await browser.submit(page, to: "\(path)/tokens", ["revoke": String(id)])
            #expect(question.contains("Revoke this token?") && question.contains("test (viewer@example.com)"))
            #expect(try await console.flows.admins.admin(showing: token).id == viewer.id)
            let revoked = try await browser.submit(question)
            #expect(revoked.location == "\(path)?done=revoked")
            await #expect(throws: AccountError.notAuthenticated) { try await console.flows.admins.admin(showing: token) }
        }
    }

    @Test("the last owner stays; another admin is deleted after a question")
    func deletion() async throws {
        let console = try await TestConsole()
        let (owner, viewer) = (try #require(console.admins[.owner]), try #require(console.admins[.viewer]))
        try await console.browse(as: .owner) { browser in
            let role = try await browser.submit(browser.get("/admins/\(owner.id)"), ["step": "role", "role": "viewer"])
            #expect(role.status == .conflict)
            #expect(role.contains("This is the region’s last owner."))
            let question = try await browser.submit(browser.get("/admins/\(viewer.id)"), ["step": "delete"])
            #expect(question.contains("Delete this admin?") && question.contains("viewer@example.com"))
            let done = try await browser.submit(question)
            #expect(done.location == "/admins?done=deleted")
        }
        #expect(try await console.flows.admins.admins().count == 2)
    }

    @Test("admins are changed only shortly after the password was typed")
    func recentPassword() async throws {
        let console = try await TestConsole()
        try await console.browse(as: .owner) { browser in
            console.clock.advance(by: .seconds(11 * 60))
            let away = try await browser.get("/admins")
            #expect(away.location == "/confirm-password?returnTo=%2Fadmins")
            let form = try await browser.get("/confirm-password?returnTo=%2Fadmins")
            let wrong = try await browser.submit(form, ["current_password": "wrong horse battery"])
            #expect(wrong.status == .badRequest)
            #expect(wrong.contains("Password is wrong.") && !wrong.contains("We could not log you in"))
            #expect(try wrong.field("current_password").contains("aria-invalid=\"true\""))
            let right = try await browser.submit(form, ["current_password": TestConsole.password])
            #expect(right.location == "/admins")
            let page = try await browser.get("/admins")
            #expect(page.status == .ok)
        }
    }

    @Test("an owner's settings are kept, wrong ones are told, and others only look at them")
    func settings() async throws {
        let console = try await TestConsole()
        let path = "/portals/acme/settings"
        try await console.browse(as: .owner) { browser in
            let page = try await browser.get(path)
            let typed = ["name": "Acme", "display_name": "Acme & Sons", "auto_approve_developers": "on"]
            let saved = try await browser.submit(page, typed)
            #expect(saved.location == "\(path)?done=saved")
            let wrong = try await browser.submit(page, ["name": "Acme", "display_name": ""])
            #expect(wrong.status == .badRequest)
            #expect(wrong.contains("Please fill in “Name for developers”."))
        }
        let portal = try await console.flows.portals.portal(console.portal.id)
        #expect(portal.displayName == "Acme & Sons")
        #expect(portal.settings.autoApproveDevelopers && !portal.settings.authenticationEnabled)
        try await console.browse(as: .approver) { browser in
            let page = try await browser.get(path)
            #expect(page.contains("Acme &amp; Sons") && !page.contains("<form method=\"post\""))
            #expect(page.contains("<dt>Sender’s name</dt><dd><bdi>as the operator has set it</bdi></dd>"))
        }
    }
}
