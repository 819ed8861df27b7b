import Accounts
import PagesTesting
import Testing

@testable import ConsolePages

@Suite("An admin's sessions in the console")
struct SessionPageTests {
    @Test("an admin sees the own sessions, ends another one, and all others at once")
    func sessions() async throws {
        let console = try await TestConsole()
        try await console.browse(as: .owner) { first in
            for endsAll in [false, true] {
                try await console.browse(as: .owner) { second in
                    let page = try await first.get("/account")
                    #expect(page.body.components(separatedBy: "class=\"tag strong\">this browser").count == 2)
                    let ids = page.body.matches(of: #/name="session" value="([^"]+)"/#).map { String($0.1) }
                    #expect(ids.count == 1)
                    var fields = ["form_token": try #require(page.form(to: "/account/sessions").hidden["form_token"])]
                    if !endsAll { fields["session"] = ids[0] }
                    let answer = try await first.post("/account/sessions", fields)
                    #expect(answer.location == "/account")
                    let gone = try await second.get("/account")
                    #expect(gone.location == "/login?returnTo=%2Faccount")
                    let stays = try await first.get("/account")
                    #expect(stays.status == .ok && !stays.contains("name=\"session\""))
                }
            }
        }
    }

    @Test("what names no session ends none, and nobody ends a session of another admin")
    func foreign() async throws {
        let console = try await TestConsole()
        try await console.browse(as: .owner) { owner in
            try await console.browse(as: .owner) { _ in
                let id = try #require(
                    try await owner.get("/account").body.firstMatch(of: #/name="session" value="([^"]+)"/#)?.1)
                try await console.browse(as: .viewer) { viewer in
                    let token = try #require(
                        try await viewer.get("/account").form(to: "/account/sessions").hidden["form_token"])
                    _ = try await viewer.post("/account/sessions", ["form_token": token, "session": String(id)])
                }
                let page = try await owner.get("/account")
                #expect(page.contains("value=\"\(id)\""))
                let token = try #require(page.form(to: "/account/sessions").hidden["form_token"])
                let refused = try await owner.post("/account/sessions", ["form_token": token, "session": "none"])
                #expect(refused.status == .notFound)
                #expect(try await owner.get("/account").contains("value=\"\(id)\""))
            }
        }
    }
}
