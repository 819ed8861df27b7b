import Testing

@Suite("residency row 1: a request goes to the geo that its host names, through the router", .timeLimit(.minutes(5)))
struct HostRoutingTests {
    @Test(
        "a known host leads to its geo, in any case, with a port or a trailing dot",
        arguments: [
            ("acme.eu.portal.example.com", "eu"), ("acme.us.portal.example.com", "us"),
            ("ACME.EU.Portal.Example.COM", "eu"), ("acme.us.portal.example.com:8443", "us"),
            ("acme.eu.portal.example.com.", "eu"), ("acme.eu.portal.example.com.:80", "eu"),
            ("acme.eu.portal.example.com:", "eu"), ("us.api.example.com", "us"), ("eu.console.example.com", "eu"),
            ("developers.eu-company.example", "eu"), ("Developers.US-company.example:443", "us"),
        ])
    func known(host: String, geo: String) async throws {
        try await serveTwoGeos { router, nodes in
            let answer = try await router.get("/somewhere?x=1", host: host)
            #expect(answer.status == 200)
            #expect(answer.text == geo)
            let request = try await nodes.node(geo).request()
            #expect(request.values("Host") == [host])
            #expect(request.target == "/somewhere?x=1")
            #expect(nodes.other(than: geo).requests.isEmpty)
        }
    }

    @Test(
        "a host that the topology does not know is misdirected",
        arguments: [
            "acme.au.portal.example.com", "eu.portal.example.com", "a.b.eu.portal.example.com", "example.com", "localhost",
            "127.0.0.1", "127.0.0.1:8080", "[::1]", "[::1]:80", "0x7f.1", "eu.api.example.com.evil.example", "",
            "acme.eu.portal.example.com..", "acme.eu.portal.example.com:99999", "acme..portal.example.com",
            "developers.au-company.example", "xn--acme.eu.portal.example.com", "acme_.eu.portal.example.com",
        ])
    func unknown(host: String) async throws {
        try await serveTwoGeos { router, nodes in
            let answer = try await router.get(host: host)
            #expect(answer.status == 421)
            #expect(answer["Content-Type"] == "application/problem+json")
            #expect(answer.text.contains("\"status\":421"))
            #expect(nodes.areUntouched)
        }
    }

    @Test(
        "a Host field that is no host, or none, is a bad request",
        arguments: [
            "GET / HTTP/1.1\r\n\r\n", "GET / HTTP/1.0\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: user@acme.eu.portal.example.com\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: acme.eu.portal.example.com/path\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: acme.eu.portal.example.com, acme.us.portal.example.com\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: \u{FF41}cme.eu.portal.example.com\r\n\r\n",
        ])
    func badHost(request: String) async throws {
        try await serveTwoGeos { router, nodes in
            let answer = try await router.send(request)
            #expect(answer.status == 400)
            #expect(nodes.areUntouched)
        }
    }

    @Test(
        "an absolute target is taken where it names the host of the Host field, and its path goes on",
        arguments: [
            ("http://acme.eu.portal.example.com/a?b=c", "/a?b=c"), ("HTTPS://ACME.eu.portal.example.com", "/"),
            ("http://acme.eu.portal.example.com:8080/", "/"), ("http://acme.eu.portal.example.com?x", "/?x"),
        ])
    func absolute(target: String, path: String) async throws {
        try await serveTwoGeos { router, nodes in
            let answer = try await router.get(target, host: "acme.eu.portal.example.com")
            #expect(answer.status == 200)
            #expect(try await nodes.eu.request().target == path)
        }
    }

    @Test(
        "an absolute target that names another host is refused",
        arguments: [
            "http://acme.us.portal.example.com/", "http://user@acme.eu.portal.example.com/", "ftp://acme.eu.portal.example.com/",
            "http:///path", "http://acme.eu.portal.example.com\\@acme.us.portal.example.com/",
        ])
    func absoluteElsewhere(target: String) async throws {
        try await serveTwoGeos { router, nodes in
            let answer = try await router.get(target, host: "acme.eu.portal.example.com")
            #expect(answer.status == 400)
            #expect(nodes.areUntouched)
        }
    }
}
