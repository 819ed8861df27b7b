import Accounts
import Foundation
import HTTPConventions
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import Testing
import WebPages

@testable import PortalPages

@Suite("Every page")
struct PageTests {
    static let paths = [
        "/", "/register", "/login", "/login?token=x", "/login?registered=true", "/reset-password?token=x", "/forgot-password",
        "/approval-pending", "/logout", "/apis/payments",
    ]

    @Test(
        "a page has a language, one main heading, a title with the portal's name, a way past the header, and says where it is",
        arguments: paths)
    func structure(path: String) async throws {
        let site = try await TestSite()
        try await site.publish("Payments")
        try await site.browse { browser in
            let page = try await browser.get(path)
            #expect(page.contains("<html lang=\"en\">"))
            #expect(page.body.matches(of: #/<h1[ >]/#).count == 1)
            #expect(try page.text(of: "title").hasSuffix(" · Acme"))
            #expect(page.contains("<a class=\"skip\" href=\"#main\">"))
            #expect(page.contains("<main id=\"main\""))
            #expect(page.contains("Region: </span>Europe</span>"))
            #expect(page.contains("Accounts in this portal are kept in Europe."))
            #expect(!page.contains("{{"))
            for match in page.body.matches(of: #/<input id="([^"]+)"/#) { #expect(page.contains("for=\"\(match.1)\"")) }
        }
    }

    @Test(
        "HEAD has the status and the headers of GET and no body",
        arguments: paths + ["/account", "/nothing", PortalPages.stylesheet.path, "/favicon.svg"])
    func head(path: String) async throws {
        let site = try await TestSite()
        try await site.publish("Payments")
        try await site.browse { browser in
            await browser.keep("portalform", String(repeating: "0", count: 32))
            let get = try await browser.get(path)
            let head = try await browser.head(path)
            #expect(head.status == get.status)
            #expect(head.headers[.contentLength] == get.headers[.contentLength])
            #expect(head.headers[.contentType] == get.headers[.contentType])
            #expect(head.body.isEmpty)
        }
    }

    @Test("the fields of the forms tell password managers and screen keyboards what they are")
    func autocomplete() async throws {
        let site = try await TestSite()
        try await site.browse { browser in
            let register = try await browser.get("/register")
            #expect(try register.field("full_name").contains("autocomplete=\"name\""))
            #expect(try register.field("email").contains("autocomplete=\"email\" inputmode=\"email\""))
            let logIn = try await browser.get("/login")
            #expect(try logIn.field("email").contains("autocomplete=\"username\""))
            #expect(try logIn.field("password").contains("type=\"password\" autocomplete=\"current-password\""))
            #expect(try await browser.get("/reset-password?token=x").field("password").contains("autocomplete=\"new-password\""))
        }
    }

    @Test("the stylesheet may be kept for good under a name that follows from its text")
    func stylesheet() async throws {
        let site = try await TestSite()
        try await site.browse { browser in
            let page = try await browser.get("/")
            let path = try #require(
                try #/<link rel="stylesheet" href="(/assets/portal-[0-9a-f]{16}\.css)">/#.firstMatch(in: page.body)?.1)
            let sheet = try await browser.get(String(path))
            #expect(sheet.status == .ok)
            #expect(sheet.header("cache-control") == "public, max-age=31536000, immutable")
            #expect(sheet.header("content-type") == "text/css; charset=utf-8")
            #expect(sheet.contains(":focus-visible"))
            #expect(try await browser.get("/assets/portal-0000000000000000.css").status == .notFound)
            #expect(try await browser.get("/favicon.svg").header("content-type") == "image/svg+xml")
        }
    }

    @Test(
        "an address without a page is a friendly 404 with the request's id",
        arguments: [
            "/nothing", "/apis", "/apis/a/b", "/login/x", "/assets", "/assets/x/y", "/account/", "/account/x",
            "/account/delete/x", "/register/a/b", "/favicon.ico",
            "/dev/x",
        ])
    func missing(path: String) async throws {
        let site = try await TestSite()
        try await site.browse { browser in
            let page = try await browser.get(path)
            if path == "/account/" { return #expect(page.status == .seeOther) }
            #expect(page.status == .notFound)
            #expect(try page.text(of: "h1") == "There is no such page")
            #expect(page.body.firstMatch(of: #/<code>[0-9a-f]+<\/code>/#) != nil)
        }
    }

    @Test(
        "a method that a page does not take is 405 and says which it takes",
        arguments: [
            (HTTPRequest.Method.post, "/", "GET, HEAD"), (.get, "/verify-email", "POST"), (.delete, "/login", "GET, HEAD, POST"),
            (.put, "/account", "GET, HEAD"), (.delete, "/account/delete", "GET, HEAD, POST"),
        ])
    func wrongMethod(method: HTTPRequest.Method, path: String, allowed: String) async throws {
        let site = try await TestSite()
        try await site.browse { browser in
            let page = try await browser.send(method, path)
            #expect(page.status == .methodNotAllowed)
            #expect(page.headers[.allow] == allowed)
        }
    }

    @Test(
        "a portal without accounts offers none and says so",
        arguments: [
            "/register", "/login", "/login?token=x", "/forgot-password", "/reset-password?token=x", "/account", "/account/delete",
            "/account/export", "/logout",
        ])
    func withoutAccounts(path: String) async throws {
        let site = try await TestSite(authenticationEnabled: false)
        try await site.publish("Ledger", .private)
        try await site.browse { browser in
            let page = try await browser.get(path)
            #expect(page.status == .forbidden)
            #expect(try page.text(of: "h1") == "This portal has no accounts")
            let catalog = try await browser.get("/")
            #expect(!catalog.contains("href=\"/login\"") && !catalog.contains("href=\"/register\""))
            #expect(!catalog.contains("Some APIs are for developers"))
        }
    }

    @Test(
        "a portal without accounts takes no form about them",
        arguments: ["/register", "/login", "/verify-email", "/reset-password", "/forgot-password", "/account/name", "/logout"])
    func takesNoForm(path: String) async throws {
        let site = try await TestSite(authenticationEnabled: false)
        try await site.browse { browser in
            let page = try await browser.post(path, ["email": "jane@example.com", "token": "x"])
            #expect(page.status == .forbidden)
            #expect(try page.text(of: "h1") == "This portal has no accounts")
        }
    }

    // MARK: Errors

    private struct Unforeseen: Error, CustomStringConvertible {
        let description = "the row of jane@example.com is broken"
    }

    @Test("an error that nobody foresaw is a friendly 500, and only its type is in the log")
    func unforeseen() async throws {
        let site = try await TestSite()
        try await site.browse { browser in
            let form = try await browser.get("/register")
            await site.store.failNextStep(with: Unforeseen())
            let page = try await browser.submit(form, ["full_name": "Jane Doe", "email": "jane@example.com"])
            #expect(page.status == .internalServerError)
            #expect(try page.text(of: "h1") == "Something went wrong here")
            #expect(!page.contains("jane@example.com"))
            #expect(page.header("content-security-policy") != nil)
        }
        #expect(site.log.lines.count == 1)
        #expect(site.log.lines.first?.contains("Unforeseen") == true)
        #expect(!site.log.lines.joined().contains("jane"))
    }

    @Test("a store that cannot write is 503 with Retry-After, and the form keeps what was typed")
    func unavailable() async throws {
        let site = try await TestSite()
        try await site.browse { browser in
            let form = try await browser.get("/register")
            await site.store.failNextStep(with: StoreError.unavailable("disk full"))
            let page = try await browser.submit(form, ["full_name": "Jane Doe", "email": "jane@example.com"])
            #expect(page.status == .serviceUnavailable)
            #expect(page.headers[.retryAfter] == "5")
            #expect(try page.field("email").contains("value=\"jane@example.com\""))
            #expect(!page.contains("disk full"))
        }
    }

    @Test("on a host without a portal the pages do not exist")
    func otherHosts() async throws {
        let site = try await TestSite()
        let router = Router(context: NodeRequestContext.self)
        site.pages.addRoutes(to: router)
        try await Application(router: router, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }).test(.router) {
            client in
            for path in ["/", "/login", "/nothing", PortalPages.stylesheet.path] {
                let response = try await client.executeRequest(uri: path, method: .get, headers: [:], body: nil)
                #expect(response.status == .notFound)
                #expect(!String(buffer: response.body).contains("<html"))
            }
        }
    }

    @Test("no template shows anything unescaped but what is HTML by its type", arguments: PageTemplate.allCases)
    func escapes(template: PageTemplate) {
        let text = String(decoding: template.bytes, as: UTF8.self)
        let unescaped = Set(text.matches(of: #/\{\{\{([^}]*)\}\}\}/#).map { String($0.1) })
        // These would not compile if the fields of those names were anything but HTML.
        let _: [KeyPath<DocumentView.Parts, HTML>] = [\.overview, \.list, \.schemas]
        let _: (KeyPath<DocumentView.Parts, HTML?>, KeyPath<DocumentPartView, HTML>) = (\.operationsInFull, \.html)
        let allowed: [PageTemplate: Set<String>] = [.api: ["overview", "list", "schemas", "operationsInFull"], .part: ["html"]]
        #expect(unescaped.isSubset(of: allowed[template] ?? []))
        #expect(!text.contains("{{&"))
        #expect(!text.contains("{{%"))
    }
}
