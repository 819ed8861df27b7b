import Testing

@Suite("The chooser page lists the geos and asks no node", .timeLimit(.minutes(5)))
struct ChooserTests {
    @Test("it names every geo and its address, the same for everybody")
    func page() async throws {
        try await serveTwoGeos { router, nodes in
            let answer = try await router.get(host: "Portal.Example.com:8080")
            #expect(answer.status == 200)
            #expect(answer["Content-Type"] == "text/html; charset=utf-8")
            for text in ["Region eu", "Region us", ".eu.portal<wbr>.example.com", ".us.portal<wbr>.example.com"] {
                #expect(answer.text.contains(text), "\(text)")
            }
            let again = try await router.get(
                host: "portal.example.com", fields: "Cookie: geo=us", "Accept-Language: en-US", "X-Forwarded-For: 8.8.8.8")
            #expect(again.body == answer.body)
            #expect(again["Set-Cookie"] == nil)
            #expect(nodes.areUntouched)
        }
    }

    @Test("it allows nothing from elsewhere and no frame around it")
    func security() async throws {
        try await serveTwoGeos { router, _ in
            let answer = try await router.get(host: "portal.example.com")
            let policy = try #require(answer["Content-Security-Policy"])
            #expect(policy.contains("default-src 'none'"))
            #expect(policy.contains("frame-ancestors 'none'"))
            #expect(!policy.contains("unsafe"))
            #expect(answer["X-Content-Type-Options"] == "nosniff")
            #expect(answer["Referrer-Policy"] == "no-referrer")
            #expect(!answer.text.contains("<script"))
            let stylesheet = try await router.get("/chooser.css", host: "portal.example.com")
            #expect(stylesheet["Content-Type"] == "text/css; charset=utf-8")
            #expect(!stylesheet.text.contains("url("))
        }
    }

    @Test("HEAD gets the page's fields, other methods and other pages are refused")
    func methods() async throws {
        try await serveTwoGeos { router, _ in
            let page = try await router.get(host: "portal.example.com")
            let head = try await router.send("HEAD / HTTP/1.1\r\nHost: portal.example.com\r\n\r\n")
            #expect(head.status == 200)
            #expect(head["Content-Length"] == "\(page.body.count)")
            let post = try await router.send("POST / HTTP/1.1\r\nHost: portal.example.com\r\nContent-Length: 0\r\n\r\n")
            #expect(post.status == 405)
            #expect(post["Allow"] == "GET, HEAD")
            let other = try await router.get("/login", host: "portal.example.com")
            #expect(other.status == 404)
        }
    }
}
