import Foundation
import Testing

@Suite("Signing up through the router", .timeLimit(.minutes(5)))
struct SignUpTests {
    @Test("with auto-approve off a developer gets in after an admin's approval, told by mail")
    func approved() async throws {
        try await RunningCluster.with { cluster in
            let jane = SignUp(
                cluster: cluster, geo: "eu", name: "Jane Doe", email: "jane@example.com", password: "correct horse battery")
            try await jane.register()
            try await jane.complete()
            #expect(try await jane.logIn().status == 401)
            #expect(try await jane.change(to: "approved").status == 200)
            #expect(try await jane.change(to: "approved").status == 409)
            let mails = try await jane.mailbox.mails(to: jane.email, count: 3)
            #expect(mails.contains { $0.contains("approved") })

            let logIn = try await jane.logIn()
            #expect(logIn.status == 204 && logIn.cookies.count == 3)
            let me = try await jane.me(logIn.cookies)
            #expect(me.status == 200)
            #expect(try me.json()["full_name"] as? String == "Jane Doe")

            #expect(try await jane.portal.with(cookies: logIn.cookies).post("/api/v3/developer/logout", [:]).status == 204)
            #expect(try await jane.me(logIn.cookies).status == 401)
        }
    }

    @Test("with auto-approve on a developer logs in at once, by version 2 of the API too")
    func autoApproved() async throws {
        try await RunningCluster.with { cluster in
            let portal = "/v3/portals/\(try cluster.geo("eu").portalId)"
            #expect(try await cluster.management("eu").patch(portal, ["auto_approve_developers": true]).status == 200)
            let jane = SignUp(
                cluster: cluster, geo: "eu", name: "Jane Doe", email: "jane@example.com", password: "correct horse battery")
            try await jane.register()
            try await jane.complete()
            let site = try jane.portal
            let logIn = try await site.post(
                "/api/v2/developer/authenticate", ["username": jane.email, "password": jane.password])
            #expect(logIn.status == 204)
            let refreshed = try await site.with(cookies: logIn.cookies).post("/api/v3/developer/refresh", [:])
            #expect(refreshed.status == 204)
            #expect(try await jane.me(refreshed.cookies).status == 200)
            let catalog = try await site.with(cookies: refreshed.cookies).get("/")
            #expect(catalog.status == 200)
        }
    }

    @Test("whoever registers learns nothing: known and unknown addresses get one answer")
    func oneAnswer() async throws {
        try await RunningCluster.with { cluster in
            let site = try cluster.portal("eu")
            let first = try await site.post("/api/v3/developer", ["full_name": "Jane", "email": "jane@example.com"])
            let second = try await site.post("/api/v3/developer", ["full_name": "Jane", "email": "jane@example.com"])
            #expect(first.status == 201 && second.status == 201)
            #expect(first.body == second.body)
            let varying: Set = ["date", "x-request-id"]
            func names(_ answer: Site.Answer) -> [String] {
                answer.headers.map { $0.name.lowercased() }.filter { !varying.contains($0) }.sorted()
            }
            #expect(names(first) == names(second))
        }
    }

    @Test("a browser page of the portal is served, with the headers that keep it safe")
    func page() async throws {
        try await RunningCluster.with { cluster in
            let page = try await cluster.portal("us").get("/register")
            #expect(page.status == 200)
            #expect(page.body.contains("<form"))
            #expect(page.headers["content-security-policy"].first?.contains("frame-ancestors 'none'") == true)
            #expect(page.headers["referrer-policy"] == ["no-referrer"])
            #expect(page.headers["x-content-type-options"] == ["nosniff"])
        }
    }
}
