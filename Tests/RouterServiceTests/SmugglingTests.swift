import NIOCore
import Testing

@testable import RouterService

@Suite("A request that could be read in two ways reaches no node", .timeLimit(.minutes(5)))
struct SmugglingTests {
    static let host = "Host: acme.eu.portal.example.com\r\n"
    /// What a smuggler wants a node to see.
    static let prize = "GET /prize HTTP/1.1\r\nHost: acme.us.portal.example.com\r\n\r\n"

    static let ambiguous: [(name: String, status: Int, request: String)] = [
        ("CL and TE", 400, "POST / HTTP/1.1\r\n\(host)Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n\(prize)"),
        ("TE and CL", 400, "POST / HTTP/1.1\r\n\(host)Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n\(prize)"),
        ("two different lengths", 400, "POST / HTTP/1.1\r\n\(host)Content-Length: 0\r\nContent-Length: 70\r\n\r\n\(prize)"),
        ("two equal lengths", 400, "POST / HTTP/1.1\r\n\(host)Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc\(prize)"),
        ("a list of lengths", 400, "POST / HTTP/1.1\r\n\(host)Content-Length: 3, 3\r\n\r\nabc\(prize)"),
        ("a signed length", 400, "POST / HTTP/1.1\r\n\(host)Content-Length: +3\r\n\r\nabc\(prize)"),
        ("a negative length", 400, "POST / HTTP/1.1\r\n\(host)Content-Length: -1\r\n\r\nabc\(prize)"),
        ("a hexadecimal length", 400, "POST / HTTP/1.1\r\n\(host)Content-Length: 0x3\r\n\r\nabc\(prize)"),
        ("an empty length", 400, "POST / HTTP/1.1\r\n\(host)Content-Length:\r\n\r\nabc\(prize)"),
        ("a length beyond all numbers", 400, "POST / HTTP/1.1\r\n\(host)Content-Length: 18446744073709551619\r\n\r\nabc"),
        ("a length with a blank inside", 400, "POST / HTTP/1.1\r\n\(host)Content-Length: 1 0\r\n\r\nabc\(prize)"),
        ("TE twice", 400, "POST / HTTP/1.1\r\n\(host)Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        ("TE chunked, chunked", 400, "POST / HTTP/1.1\r\n\(host)Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n"),
        ("TE chunked, then identity", 400, "POST / HTTP/1.1\r\n\(host)Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n"),
        ("TE identity", 400, "POST / HTTP/1.1\r\n\(host)Transfer-Encoding: identity\r\n\r\n0\r\n\r\n"),
        ("TE xchunked", 400, "POST / HTTP/1.1\r\n\(host)Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n\(prize)"),
        ("TE with a Kelvin sign", 400, "POST / HTTP/1.1\r\n\(host)Transfer-Encoding: chun\u{212A}ed\r\n\r\n0\r\n\r\n\(prize)"),
        ("TE with a vertical tab", 400, "POST / HTTP/1.1\r\n\(host)Transfer-Encoding: \u{0B}chunked\r\n\r\n0\r\n\r\n"),
        ("TE gzip, chunked", 501, "POST / HTTP/1.1\r\n\(host)Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n\(prize)"),
        ("TE in HTTP/1.0", 400, "POST / HTTP/1.0\r\n\(host)Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n\(prize)"),
        ("a folded field", 400, "POST / HTTP/1.1\r\n\(host)Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n\(prize)"),
        ("a fold before the first field", 400, "GET / HTTP/1.1\r\n X: y\r\n\(host)\r\n"),
        ("a blank before the colon", 400, "POST / HTTP/1.1\r\n\(host)Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n\(prize)"),
        ("a tab before the colon", 400, "POST / HTTP/1.1\r\n\(host)Content-Length\t: 3\r\n\r\nabc\(prize)"),
        ("a field without a name", 400, "GET / HTTP/1.1\r\n\(host): x\r\n\r\n"),
        ("a field without a colon", 400, "GET / HTTP/1.1\r\n\(host)Transfer-Encoding chunked\r\n\r\n"),
        ("a name with a control byte", 400, "GET / HTTP/1.1\r\n\(host)X\u{01}: y\r\n\r\n"),
        ("a value with NUL", 400, "GET / HTTP/1.1\r\n\(host)X: a\u{00}b\r\n\r\n"),
        ("a value with a lone CR", 400, "GET / HTTP/1.1\r\n\(host)X: a\rTransfer-Encoding: chunked\r\n\r\n"),
        ("a value with DEL", 400, "GET / HTTP/1.1\r\n\(host)X: a\u{7F}\r\n\r\n"),
        ("lines that end in LF", 400, "GET / HTTP/1.1\n\(host)\n"),
        ("one line that ends in LF", 400, "POST / HTTP/1.1\r\n\(host)X: y\nContent-Length: 70\r\n\r\n\(prize)"),
        ("a line that ends in CR CR LF", 400, "GET / HTTP/1.1\r\n\(host)X: y\r\r\n\r\n"),
        ("two hosts", 400, "GET / HTTP/1.1\r\n\(host)Host: acme.us.portal.example.com\r\n\r\n"),
        ("the same host twice", 400, "GET / HTTP/1.1\r\n\(host)\(host)\r\n"),
        ("a host with a blank", 400, "GET / HTTP/1.1\r\nHost: acme.eu.portal.example.com x\r\n\r\n"),
        ("a host in the target", 400, "GET http://acme.us.portal.example.com/ HTTP/1.1\r\n\(host)\r\n"),
        ("a target with a blank", 400, "GET /a b HTTP/1.1\r\n\(host)\r\n"),
        ("a target with a control byte", 400, "GET /\u{01} HTTP/1.1\r\n\(host)\r\n"),
        ("a target with a fragment", 400, "GET /#a HTTP/1.1\r\n\(host)\r\n"),
        ("a target beyond ASCII", 400, "GET /\u{E9} HTTP/1.1\r\n\(host)\r\n"),
        ("two blanks in the first line", 400, "GET  / HTTP/1.1\r\n\(host)\r\n"),
        ("a tab in the first line", 400, "GET\t/ HTTP/1.1\r\n\(host)\r\n"),
        ("a blank at the first line's end", 400, "GET / HTTP/1.1 \r\n\(host)\r\n"),
        ("a blank at its start", 400, " GET / HTTP/1.1\r\n\(host)\r\n"),
        ("HTTP/0.9", 400, "GET /\r\n\r\n"),
        ("a version in lower case", 400, "GET / http/1.1\r\n\(host)\r\n"),
        ("a version of two digits", 400, "GET / HTTP/1.10\r\n\(host)\r\n"),
        ("HTTP/1.2", 505, "GET / HTTP/1.2\r\n\(host)\r\n"),
        ("HTTP/2 by prior knowledge", 505, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
        ("a TLS greeting", 400, "\u{16}\u{03}\u{01}\u{02}"),
        ("an asterisk", 400, "OPTIONS * HTTP/1.1\r\n\(host)\r\n"),
        ("CONNECT", 501, "CONNECT acme.eu.portal.example.com:443 HTTP/1.1\r\n\(host)\r\n"),
        ("TRACE", 501, "TRACE / HTTP/1.1\r\n\(host)\r\n"),
        ("an unknown method", 501, "STEAL / HTTP/1.1\r\n\(host)\r\n"),
        ("a method in lower case", 501, "get / HTTP/1.1\r\n\(host)\r\n"),
        ("an unknown expectation", 417, "POST / HTTP/1.1\r\n\(host)Expect: 200-ok\r\nContent-Length: 1\r\n\r\na"),
        ("a Connection option in quotes", 400, "GET / HTTP/1.1\r\n\(host)Connection: \"close\"\r\n\r\n"),
    ]

    @Test("it is refused and its connection closed", arguments: ambiguous)
    func refused(name: String, status: Int, request: String) async throws {
        try await serveTwoGeos { router, nodes in
            let client = try await router.connect()
            try await client.send(request)
            let answer = try await client.answer()
            #expect(answer.status == status)
            #expect(answer["Connection"] == "close")
            #expect(answer["Content-Type"] == "application/problem+json")
            #expect(try await client.rest().isEmpty)
            #expect(nodes.areUntouched)
        }
    }

    static let badChunks = [
        "g\r\n", "\r\n", "-1\r\na\r\n", "0x1\r\na\r\n", " 1\r\na\r\n", "1 \r\na\r\n", "1\na\r\n0\r\n\r\n", "1\r\na\n0\r\n\r\n",
        "1\r\nab\r\n0\r\n\r\n", "1;a\u{00}\r\na\r\n", "1;a\rb\r\na\r\n0\r\n\r\n", "fffffffffffffffff\r\n", "0\r\n\n",
        "0\r\nX : y\r\n\r\n", "0\r\n folded\r\n\r\n", "0\r\nX: y\n\r\n", "1;\(String(repeating: "x", count: 300))\r\na\r\n",
    ]

    @Test("a body that is not chunked as it should be ends its request and its connection", arguments: badChunks)
    func chunks(body: String) async throws {
        try await serveTwoGeos { router, nodes in
            let client = try await router.connect()
            try await client.send("POST / HTTP/1.1\r\n\(Self.host)Transfer-Encoding: chunked\r\n\r\n\(body)\(Self.prize)")
            let answer = try await client.answer()
            #expect(answer.status == 400)
            #expect(try await client.rest().isEmpty)
            #expect(nodes.us.requests.isEmpty)
            #expect(nodes.eu.requests.allSatisfy { !$0.isComplete && $0.target == "/" })
            try await eventually { nodes.eu.record.value.closed == nodes.eu.record.value.connections }
        }
    }

    @Test("chunks reach a node as the same body, whatever their form, and the next request is the next")
    func goodChunks() async throws {
        try await serveTwoGeos(answer: { _, request in .ok(request.text) }) { router, nodes in
            let client = try await router.connect()
            let chunks = "1\r\na\r\n0002;x=y;z=\"q\"\r\nbc\r\nA\r\n0123456789\r\n000\r\nTrailer: dropped\r\n\r\n"
            try await client.send(
                "POST /one HTTP/1.1\r\n\(Self.host)Transfer-Encoding: Chunked\r\nTrailer: Trailer\r\n\r\n\(chunks)"
                    + "GET /two HTTP/1.1\r\n\(Self.host)\r\n")
            #expect(try await client.answer().text == "abc0123456789")
            #expect(try await client.answer().status == 200)
            let requests = nodes.eu.requests
            #expect(requests.map(\.target) == ["/one", "/two"])
            #expect(requests[0]["Transfer-Encoding"] == "chunked")
            #expect(requests[0]["Trailer"] == nil)
            #expect(nodes.eu.record.value.bytes.values.allSatisfy { !String(decoding: $0, as: UTF8.self).contains("dropped") })
            #expect(nodes.eu.record.value.unreadable == 0)
        }
    }

    @Test("an upgrade is not offered to the node, and what follows is read as requests")
    func upgrade() async throws {
        try await serveTwoGeos { router, nodes in
            let client = try await router.connect()
            try await client.send(
                "GET /chat HTTP/1.1\r\n\(Self.host)Connection: Upgrade, HTTP2-Settings\r\nUpgrade: websocket, h2c\r\n"
                    + "HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n\r\nGET /next HTTP/1.1\r\n\(Self.host)\r\n\u{81}\u{05}hello")
            #expect(try await client.answer().status == 200)
            #expect(try await client.answer().status == 200)
            #expect(try await client.answer().status == 400)
            #expect(nodes.eu.requests.map(\.target) == ["/chat", "/next"])
            #expect(nodes.eu.requests[0]["Upgrade"] == nil)
            #expect(nodes.eu.requests[0]["HTTP2-Settings"] == nil)
            #expect(nodes.eu.requests[0]["Connection"] == nil)
        }
    }

    @Test("a request after a bad one is not read")
    func afterBad() async throws {
        try await serveTwoGeos { router, nodes in
            let client = try await router.connect()
            let good = "GET /good HTTP/1.1\r\n\(Self.host)\r\n"
            try await client.send("\(good)GET / HTTP/1.1\r\n\(Self.host)Content-Length: x\r\n\r\n\(good)")
            #expect(try await client.answer().status == 200)
            #expect(try await client.answer().status == 400)
            #expect(try await client.rest().isEmpty)
            #expect(nodes.eu.requests.map(\.target) == ["/good"])
        }
    }

    @Test("one empty line before a request is forgiven, two are not")
    func emptyLines() async throws {
        try await serveTwoGeos { router, _ in
            let client = try await router.connect()
            let good = "GET /good HTTP/1.1\r\n\(Self.host)\r\n"
            try await client.send("\r\n\(good)\r\n\(good)\r\n\r\n\(good)")
            #expect(try await client.answer().status == 200)
            #expect(try await client.answer().status == 200)
            #expect(try await client.answer().status == 400)
        }
    }

    @Test("a request that comes byte by byte is the same request")
    func byteByByte() async throws {
        // However long that takes on a busy machine.
        let patient: @Sendable (inout RouterLimits) -> Void = { limits in
            limits.headerTimeout = .minutes(10)
            limits.bodyTimeout = .minutes(10)
        }
        try await serveTwoGeos(limits: patient, answer: { _, request in .ok(request.text) }) { router, nodes in
            let client = try await router.connect()
            let request = "POST /slow HTTP/1.1\r\n\(Self.host)Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"
            for byte in request.utf8 { try await client.send([byte]) }
            let answer = try await client.answer()
            #expect(answer.text == "abcde")
            #expect(nodes.eu.requests.count == 1)
        }
    }
}
