import Testing

@Suite("residency row 6: an answer that reaches into another geo is held back", .timeLimit(.minutes(5)))
struct ResponseRulesTests {
    static let host = "acme.eu.portal.example.com"

    static let violations: [(field: String, kind: String)] = [
        ("Set-Cookie: a=b; Domain=example.com", "set_cookie"), ("set-cookie: a=b;domain=.portal.example.com", "set_cookie"),
        ("Set-Cookie: a=b; Path=/; DOMAIN = acme.eu.portal.example.com; Secure", "set_cookie"),
        ("Location: https://acme.us.portal.example.com/", "location"), ("Location: //us.api.example.com/x", "location"),
        ("Location: HTTPS://ACME.US.PORTAL.EXAMPLE.COM:443/", "location"), ("Location: https:/us.api.example.com", "location"),
        ("Location: https:\\\\us.api.example.com", "location"), ("Location: /\\us.api.example.com/", "location"),
        ("Location: \\\\us.api.example.com/", "location"), ("Location: https://us.api.example.com.", "location"),
        ("Location: https://eu.api.example.com@us.api.example.com/", "location"),
        ("Location: https://us.a\tpi.example.com/", "location"), ("Location: ht\ttps://us.api.example.com/", "location"),
        ("Location: https://us%2Eapi.example.com/", "location"), ("Location: https://us\u{3002}api.example.com/", "location"),
        ("Location: //\u{FE0F}us.api.example.com/", "location"), ("Location: https:/\u{FE0F}/us.api.example.com/", "location"),
        ("Set-Cookie: a=b; Domain=\u{FE0F}example.com", "set_cookie"),
        ("Location: https://developers.us-company.example/", "location"),
        ("Refresh: 0; url=https://us.api.example.com/", "location"),
        ("Refresh: 5,URL = 'https://us.api.example.com/'", "location"),
        ("Refresh: 0;https://us.api.example.com/", "location"),
        ("Content-Location: https://us.api.example.com/v3/portals", "content_location"),
        ("Link: <https://us.api.example.com/>; rel=preconnect", "link"),
        ("Link: </style.css>; rel=preload, <//acme.us.portal.example.com/x>; rel=prefetch", "link"),
        ("Access-Control-Allow-Origin: https://acme.us.portal.example.com", "allow_origin"),
        ("ACCESS-CONTROL-ALLOW-ORIGIN: https://developers.us-company.example:8443", "allow_origin"),
    ]

    @Test("it becomes 502, is counted, and nothing of it goes on", arguments: violations)
    func held(field: String, kind: String) async throws {
        let answer = "HTTP/1.1 302 Found\r\nContent-Length: 6\r\nX-Node: yes\r\n\(field)\r\n\r\nsecret"
        try await serveTwoGeos(answer: { _, _ in .text(answer) }) { router, nodes in
            let answer = try await router.get(host: Self.host)
            #expect(answer.status == 502)
            #expect(answer["Content-Type"] == "application/problem+json")
            #expect(answer["X-Node"] == nil)
            #expect(!answer.text.contains("secret"))
            let count = try await router.metric("portolan_router_responses_blocked_total{geo=\"eu\",field=\"\(kind)\"}")
            #expect(count == 1)
            let line = try await router.log.line(containing: "answer held back")
            #expect(line.contains("\"geo\":\"eu\""))
            #expect(line.contains("\"field\":\"\(kind)\""))
            // The node's connection holds the rest of an answer that nobody wants.
            try await eventually { nodes.eu.record.value.closed == nodes.eu.record.value.connections }
        }
    }

    static let harmless = [
        "Set-Cookie: a=b; Path=/; HttpOnly; Secure; SameSite=Lax", "Set-Cookie: domain=x; Path=/",
        "Set-Cookie: a=\"domain\"", "Location: /login", "Location: login?returnTo=https://us.api.example.com/",
        "Location: https://eu.api.example.com/", "Location: https://developers.eu-company.example/x",
        "Location: https://portal.example.com/", "Location: https://idp.example.org/authorize?x=us.api.example.com",
        "Location: http://127.0.0.1:8080/", "Location: https://[2001:db8::1]/", "Location: ?page=2",
        "Location: mailto:x@us.api.example.com",
        "Content-Location: /v3/portals/1", "Link: </style.css>; rel=preload", "Link: <https://eu.api.example.com/>; rel=next",
        "Refresh: 5", "Refresh: 5; url=/next", "Access-Control-Allow-Origin: *", "Access-Control-Allow-Origin: null",
        "Access-Control-Allow-Origin: https://acme.eu.portal.example.com",
    ]

    @Test("one that stays in its geo passes", arguments: harmless)
    func passes(field: String) async throws {
        try await serveTwoGeos(answer: { _, _ in .text("HTTP/1.1 302 Found\r\nContent-Length: 2\r\n\(field)\r\n\r\nok") }) {
            router, _ in
            let answer = try await router.get(host: Self.host)
            #expect(answer.status == 302)
            #expect(answer.text == "ok")
            let name = String(field.prefix { $0 != ":" })
            #expect(answer[name] == String(field.dropFirst(name.count + 2)))
        }
    }
}
