import Testing

/// Frames of one stream that are no request, or none that may pass.
struct HTTP2Abuse: Sendable, CustomTestStringConvertible {
    let name: String
    /// The status of an answer, or `reset` with a code.
    let outcome: String
    let frames: [UInt8]

    var testDescription: String { name }

    init(_ name: String, _ outcome: String, _ frames: [UInt8]...) {
        self.name = name
        self.outcome = outcome
        self.frames = Array(frames.joined())
    }

    /// A request whose fields are altered.
    init(_ name: String, _ outcome: String = "reset 1", fields change: (inout [(String, String)]) -> Void) {
        var fields = HTTP2Frames.request()
        change(&fields)
        self.init(name, outcome, HTTP2Frames.headers(1, fields))
    }

    static let all = pseudoFields + names + values + targets + bodies

    static let pseudoFields: [HTTP2Abuse] =
        [":method", ":scheme", ":authority", ":path"].flatMap { name in
            [
                HTTP2Abuse("no \(name)") { $0.removeAll { $0.0 == name } },
                HTTP2Abuse("\(name) twice") { $0.insert($0[$0.firstIndex { $0.0 == name }!], at: 0) },
                HTTP2Abuse("\(name) behind a field") { fields in
                    let field = fields.remove(at: fields.firstIndex { $0.0 == name }!)
                    fields += [("accept", "a"), field]
                },
                HTTP2Abuse("\(name) in upper case") { fields in
                    fields[fields.firstIndex { $0.0 == name }!].0 = name.uppercased()
                },
            ]
        } + [
            HTTP2Abuse("an unknown pseudo-field") { $0.append((":unknown", "x")) },
            HTTP2Abuse("a pseudo-field of answers") { $0.append((":status", "200")) },
            HTTP2Abuse("an extended CONNECT") {
                $0[0].1 = "CONNECT"; $0.append((":protocol", "websocket"))
            },
            HTTP2Abuse("a CONNECT") { $0 = [(":method", "CONNECT"), (":authority", "acme.eu.portal.example.com:443")] },
            HTTP2Abuse("a CONNECT with a path") { $0[0].1 = "CONNECT" },
            HTTP2Abuse("another scheme") { $0[1].1 = "https" },
            HTTP2Abuse("no fields", "reset 1") { $0 = [] },
        ]

    static let names: [HTTP2Abuse] =
        ["X-Upper", "a b", "a:b", "a\r\nb", "a\u{0}", "a\u{e9}", " a", "a ", "(a)"].map { name in
            HTTP2Abuse("the name \(name.debugDescription)") { $0.append((name, "x")) }
        }
        + ["connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade"].map { name in
            HTTP2Abuse("the field \(name)") { $0.append((name, name == "transfer-encoding" ? "chunked" : "x")) }
        } + [
            HTTP2Abuse("te: gzip") { $0.append(("te", "gzip")) },
            HTTP2Abuse("te: trailers, deflate") { $0.append(("te", "trailers, deflate")) },
            HTTP2Abuse("another host") { $0.append(("host", "acme.us.portal.example.com")) },
            HTTP2Abuse("an empty host") { $0.append(("host", "")) },
            HTTP2Abuse("two hosts") { $0 += [("host", "acme.eu.portal.example.com"), ("host", "acme.eu.portal.example.com")] },
        ]

    static let values: [HTTP2Abuse] =
        [
            "a\rb", "a\nb", "a\r\n\r\nGET / HTTP/1.1\r\nhost: acme.us.portal.example.com", "a\u{0}b", "a\u{1}", "\u{7F}", " a",
            "a ", "\ta", "a\t", "\u{FFFD}",
        ]
        .flatMap { value in
            [
                HTTP2Abuse("the value \(value.debugDescription)") { $0.append(("x-value", value)) },
                HTTP2Abuse("the cookie \(value.debugDescription)") { $0.append(("cookie", value)) },
                HTTP2Abuse("the path with \(value.debugDescription)") { $0[3].1 = "/" + value + "x y" },
                HTTP2Abuse("the method \(value.debugDescription)") { $0[0].1 = "GET" + value },
                HTTP2Abuse("the authority \(value.debugDescription)") { $0[2].1 = value },
            ]
        }

    static let targets: [HTTP2Abuse] = [
        HTTP2Abuse("an empty path") { $0[3].1 = "" },
        HTTP2Abuse("a path without a slash") { $0[3].1 = "catalog" },
        HTTP2Abuse("an absolute address as a path") { $0[3].1 = "http://acme.us.portal.example.com/" },
        HTTP2Abuse("a path with a blank") { $0[3].1 = "/a HTTP/1.1" },
        HTTP2Abuse("an asterisk", "400") {
            $0[0].1 = "OPTIONS"; $0[3].1 = "*"
        },
        HTTP2Abuse("a fragment", "400") { $0[3].1 = "/#a" },
        HTTP2Abuse("a path outside of ASCII", "400") { $0[3].1 = "/\u{e9}" },
        HTTP2Abuse("an authority with a user", "400") { $0[2].1 = "me@acme.eu.portal.example.com" },
        HTTP2Abuse("an authority with a blank", "400") { $0[2].1 = "acme.eu.portal.example.com x" },
        HTTP2Abuse("an unknown host", "421") { $0[2].1 = "nobody.example" },
        HTTP2Abuse("an empty authority", "421") { $0[2].1 = "" },
        HTTP2Abuse("an unknown method", "501") { $0[0].1 = "TRACE" },
        HTTP2Abuse("a method with a blank") { $0[0].1 = "GET /x" },
        HTTP2Abuse("an unknown expectation", "417") { $0.append(("expect", "200-ok")) },
        HTTP2Abuse("too many fields", "431") { $0 += (0..<200).map { ("x-\($0)", "") } },
        HTTP2Abuse("too long a path", "414") { $0[3].1 = "/" + String(repeating: "x", count: 8192) },
    ]

    private static func post(_ fields: [(String, String)], ends: Bool = false) -> [UInt8] {
        HTTP2Frames.headers(1, HTTP2Frames.request("POST", fields), ends: ends)
    }

    static let bodies: [HTTP2Abuse] =
        ["", "-1", "+3", "3 ", "0x3", "3,3", "1e1", "9999999999999999999", "\u{663}"].map { length in
            HTTP2Abuse(
                "the length \(length)", "reset 1", post([("content-length", length)]), HTTP2Frames.data(1, "abc", ends: true))
        } + [
            HTTP2Abuse(
                "two lengths", "reset 1", post([("content-length", "3"), ("content-length", "3")]),
                HTTP2Frames.data(1, "abc", ends: true)),
            HTTP2Abuse("a length and no body", "reset 1", post([("content-length", "3")], ends: true)),
            HTTP2Abuse(
                "a body longer than its length", "reset 1", post([("content-length", "3")]),
                HTTP2Frames.data(1, "abcGET / HTTP/1.1\r\nhost: acme.us.portal.example.com\r\n\r\n", ends: true)),
            HTTP2Abuse(
                "a body longer than its length by another frame", "reset 1", post([("content-length", "3")]),
                HTTP2Frames.data(1, "abc"), HTTP2Frames.data(1, "d", ends: true)),
            HTTP2Abuse(
                "a body where the length is zero", "reset 1", post([("content-length", "0")]),
                HTTP2Frames.data(1, "a", ends: true)),
            HTTP2Abuse(
                "a body shorter than its length", "reset 1", post([("content-length", "3")]),
                HTTP2Frames.data(1, "ab", ends: true)),
            HTTP2Abuse(
                "trailers before the length is reached", "reset 1", post([("content-length", "3")]), HTTP2Frames.data(1, "ab"),
                HTTP2Frames.headers(1, [("x-sum", "1")])),
        ]
        + [
            [(":method", "GET")], [("x\r\ny", "1")], [("X-Sum", "1")], [("x-sum", "a\r\nb")], [("transfer-encoding", "chunked")],
        ].map { trailers in
            HTTP2Abuse(
                "the trailers \(trailers[0])", "reset 1", post([]), HTTP2Frames.data(1, "abc"), HTTP2Frames.headers(1, trailers))
        } + [
            HTTP2Abuse(
                "trailers that do not end the stream", "reset 1", post([]), HTTP2Frames.data(1, "abc"),
                HTTP2Frames.headers(1, [("x-sum", "1")], ends: false))
        ]
}

@Suite("An HTTP/2 client can say nothing that an HTTP/1.1 client cannot", .timeLimit(.minutes(5)))
struct HTTP2BorderTests {
    @Test("what is no request is reset or refused, and no node hears of it", arguments: HTTP2Abuse.all)
    func refused(abuse: HTTP2Abuse) async throws {
        try await HTTP2Router.serve { router in
            let client = try await router.connect()
            try await client.send(abuse.frames)
            let answer = try await client.answer()
            let outcome = answer.isComplete ? answer.status ?? "" : "reset \(answer.reset ?? -1)"
            #expect(outcome == abuse.outcome)
            // The connection is as good as before, and what a node is asked next is all that it was ever asked.
            try await client.send(HTTP2Frames.headers(3, HTTP2Frames.request("GET", "/next", [])))
            #expect(try await client.answer(3).text == "eu")
            #expect(router.nodes.eu.requests.filter(\.isComplete).map(\.target) == ["/next"])
            #expect(router.nodes.eu.record.value.unreadable == 0)
            #expect(router.nodes.us.requests.isEmpty)
        }
    }

    @Test("a body that becomes too long after it began to stream is no request for the node")
    func lateExcess() async throws {
        try await HTTP2Router.serve { router in
            let client = try await router.connect()
            try await client.send(
                HTTP2Frames.headers(1, HTTP2Frames.request("POST", [("content-length", "3")]), ends: false),
                HTTP2Frames.data(1, "ab"))
            try await router.nodes.eu.record.value { $0.requests.first?.body.count == 2 ? () : nil }
            try await client.send(HTTP2Frames.data(1, "c"))
            try await client.send(HTTP2Frames.data(1, "d", ends: true))
            #expect(try await client.answer().reset == 1)
            let connection = try await router.nodes.eu.request(complete: false).connection
            try await eventually { !connection.isOpen }
            #expect(router.nodes.eu.requests.allSatisfy { !$0.isComplete })
        }
    }

    @Test("a credential of another geo is refused in every crumb of a cookie")
    func foreignCredential() async throws {
        let token = try TestTopology.credential(.portalAccess, "us")
        try await HTTP2Router.serve { router in
            let client = try await router.connect()
            let cookies = [("cookie", "a=1"), ("cookie", "portalaccesstoken=\(token)"), ("cookie", "b=2")]
            try await client.send(HTTP2Frames.headers(1, HTTP2Frames.request("GET", cookies)))
            #expect(try await client.answer().status == "403")
            #expect(router.nodes.areUntouched)
        }
    }
}
