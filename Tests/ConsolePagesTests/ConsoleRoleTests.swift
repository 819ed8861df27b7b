import Accounts
import HTTPTypes
import PagesTesting
import Testing

@testable import ConsolePages

@Suite("Admins' roles at the console")
struct ConsoleRoleTests {
    /// The least role for each page and each form; a new route belongs here.
    static let leastRoles: [String: AdminRole] = [
        "GET ": .viewer,
        "GET account": .viewer,
        "POST account/password": .viewer,
        "POST account/codes": .viewer,
        "POST account/sessions": .viewer,
        "POST logout": .viewer,
        "GET confirm-password": .viewer,
        "POST confirm-password": .viewer,
        "GET audit": .approver,
        "GET mails": .viewer,
        "POST mails": .approver,
        "GET mails/{mail}": .viewer,
        "POST mails/{mail}": .approver,
        "POST audit/export": .approver,
        "GET portals/{portal}/look": .viewer,
        "POST portals/{portal}/look": .owner,
        "GET portals/{portal}/look/{file}": .viewer,
        "POST portals/{portal}/look/{file}": .owner,
        "GET portals/{portal}/mail-texts": .viewer,
        "GET portals/{portal}/mail-texts/{template}": .viewer,
        "POST portals/{portal}/mail-texts/{template}": .owner,
        "GET portals/{portal}/requests": .viewer,
        "POST portals/{portal}/requests": .approver,
        "GET portals/{portal}/developers": .viewer,
        "GET portals/{portal}/developers/invite": .approver,
        "POST portals/{portal}/developers/invite": .approver,
        "GET portals/{portal}/developers/{developer}": .viewer,
        "POST portals/{portal}/developers/{developer}": .approver,
        "GET portals/{portal}/settings": .viewer,
        "POST portals/{portal}/settings": .owner,
        "POST portals/{portal}/settings/sender": .owner,
        "GET portals/{portal}/log-in": .viewer,
        "POST portals/{portal}/log-in": .owner,
        "GET portals/{portal}/log-in/new": .owner,
        "POST portals/{portal}/log-in/new": .owner,
        "GET portals/{portal}/log-in/{provider}": .viewer,
        "POST portals/{portal}/log-in/{provider}": .owner,
        "GET apis": .viewer,
        "GET apis/new": .owner,
        "POST apis/new": .owner,
        "GET apis/{api}": .viewer,
        "POST apis/{api}": .owner,
        "POST apis/{api}/publications": .owner,
        "POST apis/{api}/delete": .owner,
        "GET admins": .owner,
        "POST admins": .owner,
        "GET admins/{admin}": .owner,
        "POST admins/{admin}": .owner,
        "POST admins/{admin}/tokens": .owner,
    ]

    @Test("every route has its least role here, and nothing that is here is not a route")
    func complete() async throws {
        let routes = try await TestConsole().pages.routes.map { "\($0.method) \($0.path)" }
        #expect(routes.count == Set(routes).count)
        #expect(Set(routes) == Set(Self.leastRoles.keys))
    }

    @Test("a route is 403 for every role that may not, whatever it is about, and changes nothing", arguments: AdminRole.allCases)
    func matrix(role: AdminRole) async throws {
        let console = try await TestConsole()
        let ids = try await console.things()
        try await console.browse(as: role) { browser in
            let before = await console.store.auditActions.count
            for (route, least) in Self.leastRoles where !Self.may(role, least) {
                let page = try await Self.open(route, with: browser, about: ids)
                #expect(page.status == .forbidden, "\(route) for \(role)")
                #expect(page.contains("Your role does not allow this"), "\(route) for \(role)")
            }
            #expect(await console.store.auditActions.count == before)
        }
    }

    @Test(
        "a page is there for every role that may, and a form is not taken without the page's token",
        arguments: AdminRole.allCases)
    func allowed(role: AdminRole) async throws {
        let console = try await TestConsole()
        let ids = try await console.things()
        try await console.browse(as: role) { browser in
            let before = await console.store.auditActions.count
            for (route, least) in Self.leastRoles where Self.may(role, least) {
                let page = try await Self.open(route, with: browser, about: ids)
                if route.hasPrefix("GET") {
                    #expect(page.status == .ok, "\(route) for \(role)")
                } else {
                    #expect(page.status == .forbidden, "\(route) for \(role)")
                    #expect(page.contains("Please send it again"), "\(route) for \(role)")
                }
            }
            #expect(await console.store.auditActions.count == before)
        }
    }

    @Test("whoever is not logged in is led from every page to the log-in and back, and no form is taken")
    func nobody() async throws {
        let console = try await TestConsole()
        let ids = try await console.things()
        try await console.browse(as: nil) { browser in
            for route in Self.leastRoles.keys {
                let page = try await Self.open(route, with: browser, about: ids)
                if route.hasPrefix("GET") {
                    #expect(page.status == .seeOther, "\(route)")
                    #expect(page.location?.hasPrefix("/login?returnTo=%2F") == true, "\(route)")
                } else {
                    #expect(page.status == .unauthorized, "\(route)")
                }
            }
            #expect(
                try await browser.get("/portals/acme/developers?q=a&in=email").location
                    == "/login?returnTo=%2Fportals%2Facme%2Fdevelopers%3Fq%3Da%26in%3Demail")
        }
    }

    @Test("a viewer sees no button and no box that it may not use")
    func shown() async throws {
        let console = try await TestConsole()
        let developer = try await console.waiting("jane@example.com")
        for (role, sees) in [(AdminRole.viewer, false), (.approver, true), (.owner, true)] {
            try await console.browse(as: role) { browser in
                let requests = try await browser.get("/portals/acme/requests")
                #expect(requests.contains("jane@example.com"))
                #expect(requests.contains("type=\"checkbox\"") == sees)
                #expect(requests.contains("value=\"approve\"") == sees)
                #expect(requests.contains("href=\"/audit\"") == sees)
                #expect(try await browser.get("/portals/acme/developers").contains("/developers/invite") == sees)
                let one = try await browser.get("/portals/acme/developers/\(developer.id)")
                #expect(one.contains("value=\"approve\"") == sees)
                #expect(one.contains("developer.created") == sees)
            }
        }
    }

    private static func open(_ route: String, with browser: Browser, about ids: [String: String]) async throws -> WebPage {
        let words = route.split(separator: " ", omittingEmptySubsequences: false)
        var path = "/\(words[1])"
        path = path.replacing("{file}", with: "preview.css").replacing("{template}", with: "reset-password")
        for (name, id) in ids { path = path.replacing("{\(name)}", with: id) }
        if words[0] == "GET" { return try await browser.get(path) }
        guard ConsoleRoleTests.uploads.contains(route) else { return try await browser.post(path, [:]) }
        return try await browser.upload(path, fields: [:])
    }

    /// Those that take a form with a file.
    static let uploads: Set<String> = ["POST apis/new", "POST apis/{api}", "POST portals/{portal}/look/{file}"]

    private static func may(_ role: AdminRole, _ least: AdminRole) -> Bool {
        let order: [AdminRole] = [.viewer, .approver, .owner]
        return (order.firstIndex(of: role) ?? 0) >= (order.firstIndex(of: least) ?? 0)
    }
}
