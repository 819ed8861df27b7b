import PortalPages
import Testing

@Suite("The development mailbox")
struct MailboxPageTests {
    static let mail = MailboxMail(
        id: "1795500000.M1.eu", recipient: "jane@example.com", subject: "Verify <your> address",
        date: "Tue, 24 Nov 2026 06:40:00 +0000",
        text: """
            Open https://acme.eu.portal.example.com/login?token=0-1. Not <b>http://evil.example/</b>,
            not https://acme.eu.portal.example.com.evil.example/ and not https://acme.eu.portal.example.comx.
            """,
        html: "<p style=\"color: red\">Hello</p><script>alert(1)</script>")

    @Test("without a mailbox there is none", arguments: ["/dev/mailbox", "/dev/mailbox/1", "/dev/mailbox/1/html", "/dev"])
    func none(path: String) async throws {
        let site = try await TestSite()
        try await site.browse { browser in
            let page = try await browser.get(path)
            #expect(page.status == .notFound)
            #expect(try await browser.get("/").contains("mailbox") == false)
        }
    }

    @Test("the list shows the newest first and is marked")
    func list() async throws {
        let older = MailboxMail(id: "a", recipient: "joe@example.com", subject: "Older", date: "", text: "", html: nil)
        let site = try await TestSite(mails: KeptMails([Self.mail, older]))
        try await site.browse { browser in
            let page = try await browser.get("/dev/mailbox")
            #expect(page.status == .ok)
            #expect(page.contains("<strong>Development mailbox.</strong>"))
            #expect(page.contains("href=\"/dev/mailbox/1795500000.M1.eu\">Verify &lt;your&gt; address</a>"))
            let subjects = page.body.matches(of: #/href="/dev/mailbox/([^"]+)"/#).map { String($0.1) }
            #expect(subjects == ["1795500000.M1.eu", "a"])
        }
    }

    @Test("an empty mailbox says so")
    func empty() async throws {
        let site = try await TestSite(mails: KeptMails([]))
        try await site.browse { browser in
            let page = try await browser.get("/dev/mailbox")
            #expect(page.contains("No mails yet"))
        }
    }

    @Test("a mail's links to this portal can be pressed, and nothing else in it")
    func text() async throws {
        let site = try await TestSite(mails: KeptMails([Self.mail]))
        try await site.browse { browser in
            let page = try await browser.get("/dev/mailbox/1795500000.M1.eu")
            let text = try page.text(of: "pre")
            let links = text.matches(of: #/<a href="([^"]*)">/#).map { String($0.1) }
            #expect(links == ["https://acme.eu.portal.example.com/login?token=0-1"])
            #expect(text.contains("&lt;b&gt;http://evil.example/&lt;/b&gt;"))
            #expect(text.contains("https://acme.eu.portal.example.com.evil.example/"))
        }
    }

    @Test("a mail's HTML stands in a frame without rights, under a policy that lets it do nothing")
    func html() async throws {
        let site = try await TestSite(mails: KeptMails([Self.mail]))
        try await site.browse { browser in
            let page = try await browser.get("/dev/mailbox/1795500000.M1.eu")
            #expect(page.contains("src=\"/dev/mailbox/1795500000.M1.eu/html\" sandbox></iframe>"))
            #expect(page.header("content-security-policy")?.contains("frame-src 'self';") == true)
            #expect(!page.contains("<script"))

            let html = try await browser.get("/dev/mailbox/1795500000.M1.eu/html")
            let policy = try #require(html.header("content-security-policy"))
            #expect(policy.hasPrefix("sandbox; default-src 'none';"))
            #expect(policy.contains("frame-ancestors 'self'"))
            #expect(!policy.contains("script-src"))
            #expect(html.body == Self.mail.html)
        }
    }

    @Test("a mail without HTML has no frame")
    func plain() async throws {
        let mail = MailboxMail(id: "a", recipient: "joe@example.com", subject: "Plain", date: "", text: "x", html: nil)
        let site = try await TestSite(mails: KeptMails([mail]))
        try await site.browse { browser in
            let page = try await browser.get("/dev/mailbox/a")
            #expect(!page.contains("<iframe"))
            #expect(try await browser.get("/dev/mailbox/a/html").status == .notFound)
        }
    }

    @Test(
        "an id that could lead out of the mailbox is never asked for",
        arguments: [
            "..", "%2e%2e", "..%2f..%2fetc%2fpasswd", "%2e%2e%2fstore.sqlite", ".hidden", "a%00b", "a%5cb", "a%2fb", "%", "a%0ab",
            "%ff",
        ])
    func traversal(id: String) async throws {
        let mails = KeptMails([Self.mail])
        let site = try await TestSite(mails: mails)
        try await site.browse { browser in
            for path in ["/dev/mailbox/\(id)", "/dev/mailbox/\(id)/html"] {
                let page = try await browser.get(path)
                #expect(page.status == .notFound)
            }
        }
        #expect(mails.askedFor.isEmpty)
    }
}
