import HTTPTypes
import Testing

@Suite("residency row 13: a browser keeps and tells nothing, and looking at a link uses nothing up")
struct BrowserTracesTests {
    private static let address = "jane@example.com"

    @Test(
        "a page is strict about what a browser may do with it, and there is no script or inline style in it",
        arguments: PageTests.paths + ["/nothing"])
    func headers(path: String) async throws {
        let site = try await TestSite()
        try await site.publish("Payments")
        try await site.browse { browser in
            let page = try await browser.get(path)
            #expect(page.status == (path == "/nothing" ? .notFound : .ok))
            let policy = try #require(page.header("content-security-policy"))
            for part in [
                "default-src 'none'", "style-src 'self'", "img-src 'self'", "form-action 'self'", "base-uri 'none'",
                "frame-ancestors 'none'",
            ] {
                #expect(policy.contains(part))
            }
            #expect(!policy.contains("unsafe"))
            #expect(page.header("referrer-policy") == "no-referrer")
            #expect(page.header("x-content-type-options") == "nosniff")
            #expect(page.header("cache-control") == "no-store")
            #expect(page.header("cross-origin-opener-policy") == "same-origin")
            #expect(page.header("permissions-policy")?.contains("camera=()") == true)
            #expect(page.header("content-type") == "text/html; charset=utf-8")
            #expect(
                page.body.firstMatch(
                    of:
                        #/<script(?! src="\/assets\/[a-z0-9.-]+" defer><\/script>)|<style| style=| on[a-z]+=|https?:\/\/(?!www\.w3)/#
                ) == nil)
        }
    }

    @Test("looking at mailed links, however often, uses nothing up")
    func lookingIsFree() async throws {
        let site = try await TestSite(autoApprove: true)
        try await site.browseTogether { scanner, browser in
            _ = try await browser.fill("/register", ["full_name": "Jane Doe", "email": Self.address])
            let link = try await site.mailedPath(to: Self.address)
            let steps = await site.store.steps
            for _ in 0..<3 {
                #expect(try await scanner.get(link).status == .ok)
                #expect(try await scanner.head(link).status == .ok)
            }
            #expect(await site.store.steps == steps)

            let path = try #require(try await browser.submit(browser.get(link)).location)
            #expect(try await scanner.get(path).status == .ok)
            #expect(try await scanner.head(path).status == .ok)
            #expect(try await browser.fill(path, ["password": TestSite.password]).location == "/login?passwordReset=true")
        }
    }
}
