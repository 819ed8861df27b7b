import ConfigurationFiles
import Foundation
import Geography
import Logging
import NIOCore
import Testing

@testable import RouterService

@Suite("A client's address comes from those who may tell it", .timeLimit(.minutes(5)))
struct ProxyProtocolTests {
    private func serve(
        trusting proxies: [String], within time: TimeAmount = .seconds(60),
        _ body: @Sendable (RunningRouter, RecordingNode) async throws -> Void
    )
        async throws
    {
        let node = try await RecordingNode.start()
        let trusted = TrustedProxies(proxies.compactMap(AddressBlock.init))
        try await RunningRouter.serve(
            [("eu", [node.endpoint])], limits: { $0.proxyHeaderTimeout = time },
            configure: { $0.trustedProxies = trusted }
        ) { try await body($0, node) }
        await node.stop()
    }

    private let request = Array("GET / HTTP/1.1\r\nHost: eu.api.example.com\r\n\r\n".utf8)

    private func header(_ source: String, _ destination: String) throws -> [UInt8] {
        let ends = ConnectionEnds(
            source: try SocketAddress(ipAddress: source, port: 4000),
            destination: try SocketAddress(ipAddress: destination, port: 443))
        return Array(ProxyHeader(ends).bytes.readableBytesView)
    }

    @Test("a trusted peer's header tells it, in one piece or byte by byte", arguments: [true, false])
    func told(inPieces: Bool) async throws {
        try await serve(trusting: ["127.0.0.0/8"]) { router, node in
            for (index, (source, destination)) in [("192.0.2.9", "192.0.2.1"), ("2001:db8::9", "2001:db8::1")].enumerated() {
                let client = try await router.connect()
                let bytes = try header(source, destination) + request
                if inPieces {
                    for byte in bytes { try await client.send([byte]) }
                } else {
                    try await client.send(bytes)
                }
                #expect(try await client.answer().status == 200)
                #expect(try await node.request(index).values("X-Forwarded-For") == [source])
                try await client.close()
            }
        }
    }

    @Test("LOCAL and unspecified headers leave the socket's address")
    func local() async throws {
        try await serve(trusting: ["127.0.0.1"]) { router, node in
            for (index, rest) in [[0x20, 0, 0, 0], [0x20, 0x11, 0, 2, 9, 9], [0x21, 0, 0, 0] as [UInt8]].enumerated() {
                let client = try await router.connect()
                try await client.send(ProxyHeader.signature + rest + request)
                #expect(try await client.answer().status == 200)
                #expect(try await node.request(index).values("X-Forwarded-For") == ["127.0.0.1"])
                try await client.close()
            }
        }
    }

    @Test("a trusted peer that sends none or a malformed one is closed")
    func malformed() async throws {
        try await serve(trusting: ["127.0.0.1"]) { router, node in
            let v4 = try header("192.0.2.9", "192.0.2.1")
            let wrong: [[UInt8]] = [
                request, Array("PROXY TCP4 192.0.2.9 192.0.2.1 1 2\r\n".utf8), ProxyHeader.signature + [0x31, 0x11, 0, 12],
                ProxyHeader.signature + [0x22, 0x11, 0, 12], ProxyHeader.signature + [0x21, 0x12, 0, 0],
                ProxyHeader.signature + [0x21, 0x11, 0, 11] + v4.dropFirst(16), ProxyHeader.signature + [0x21, 0x11, 0x08, 0x01],
            ]
            for bytes in wrong {
                let client = try await router.connect()
                try await client.send(bytes)
                #expect(try await client.rest() == "")
            }
            #expect(node.record.value.bytes.isEmpty)
            #expect(try await router.metric("portolan_router_tls_refused_total{reason=\"malformed_proxy_header\"}") == 7)
            try await eventually { try await router.metric("portolan_router_connections") == 0 }
        }
    }

    @Test("a trusted peer that sends half of one in time is closed")
    func late() async throws {
        try await serve(trusting: ["127.0.0.1"], within: .seconds(4)) { router, node in
            let client = try await router.connect()
            try await client.send(Array(try header("192.0.2.9", "192.0.2.1").dropLast()))
            #expect(try await client.rest() == "")
            #expect(try await router.metric("portolan_router_tls_refused_total{reason=\"proxy_header_timeout\"}") == 1)
            #expect(node.record.value.bytes.isEmpty)
        }
    }

    @Test("anybody else's header is a malformed request")
    func untrusted() async throws {
        try await serve(trusting: ["198.18.0.9"]) { router, node in
            let client = try await router.connect()
            try await client.send(try header("192.0.2.9", "192.0.2.1") + request)
            #expect(try await client.answer().status == 400)
            #expect(node.record.value.bytes.isEmpty)
        }
    }
}

@Suite("Plain HTTP is led to https", .timeLimit(.minutes(5)))
struct RedirectTests {
    @Test("known hosts are led on, others are 421, what changes something is refused, and no node hears of it")
    func redirect() async throws {
        let node = try await RecordingNode.start()
        try await RunningRouter.serve(
            [("eu", [node.endpoint])], configure: { $0.redirectListen = SocketEndpoint(host: "127.0.0.1", port: 0) }
        ) { router in
            let client = try await TestClient.connect(to: try #require(router.redirect))
            func ask(_ line: String, _ host: String) async throws -> Answer {
                try await client.send("\(line) HTTP/1.1\r\nHost: \(host)\r\n\r\n")
                return try await client.answer(toHead: line.hasPrefix("HEAD"))
            }
            let found = try await ask("GET /a?b=c", "ACME.eu.portal.example.com:80")
            #expect(found.status == 308)
            #expect(found["Location"] == "https://acme.eu.portal.example.com/a?b=c")
            #expect(found["Strict-Transport-Security"] == nil)
            #expect(try await ask("HEAD /", "portal.example.com")["Location"] == "https://portal.example.com/")
            #expect(try await ask("POST /login", "eu.api.example.com").status == 403)
            #expect(try await ask("GET /", "unknown.example.com").status == 421)
            #expect(node.record.value.bytes.isEmpty)
        }
        await node.stop()
    }
}

@Suite("Certificates", .timeLimit(.minutes(5)))
struct CertificateTests {
    @Test("changed files are used for new connections, unusable ones are not, and missing names are told")
    func reload() async throws {
        let files = try TestCertificates()
        let pair = try await files.pair("eu", names: ["eu.api.example.com", "*.console.example.com"])
        let topology = try TestTopology.make([("eu", [SocketEndpoint(host: "127.0.0.1", port: 1)])])
        let eu = try GeoID("eu")
        let certificates = try ServerCertificates(TLSSettings(geos: [eu: .decrypt(pair)]), topology: topology)
        #expect(
            certificates.warnings == [
                "the certificate of eu does not cover *.eu.portal.example.com, developers.eu-company.example"
            ])
        let log = Logger(label: "tests") { _ in SwiftLogNoOpLogHandler() }
        let first = try #require(certificates.context(for: .geo(eu)))
        certificates.reload(logger: log)
        #expect(certificates.context(for: .geo(eu)) === first)
        try Data("nothing".utf8).write(to: URL(filePath: pair.key))
        certificates.reload(logger: log)
        #expect(certificates.context(for: .geo(eu)) === first)
        _ = try await files.pair("eu")
        certificates.reload(logger: log)
        #expect(certificates.context(for: .geo(eu)) !== first)
        #expect(certificates.warnings.isEmpty)
    }

    @Test("a key of another certificate and files that are none are refused by name")
    func unusable() async throws {
        let files = try TestCertificates()
        let (eu, us) = (try await files.pair("eu"), try await files.pair("us"))
        let topology = try TestTopology.make([("eu", [SocketEndpoint(host: "127.0.0.1", port: 1)])])
        let id = try GeoID("eu")
        for (certificate, key, text) in [
            (eu.certificate, us.key, "does not belong"), (eu.key, eu.key, "expected certificates"),
            (eu.certificate, eu.certificate, "private key"), ("/nowhere", eu.key, "cannot be read"),
        ] {
            let settings = TLSSettings(geos: [id: .decrypt(.init(certificate: certificate, key: key))])
            let error = #expect(throws: (any Error).self) { try ServerCertificates(settings, topology: topology) }
            #expect("\(error.map { "\($0)" } ?? "")".contains(text))
        }
    }

    @Test(
        "a wrong section tls is refused with its line and its key",
        arguments: [
            ("tls: {}", "at least one geo"), ("tls: {geos: [{id: eu}]}", "certificate"),
            ("tls: {geos: [{id: xx, relay: \"a:1\"}]}", "no geo xx"),
            ("tls: {geos: [{id: eu, relay: \"a:1\", key: k}]}", "either decrypted"),
            ("tls: {geos: [{id: eu, relay: \"a:1\"}, {id: eu, relay: \"a:1\"}]}", "twice"),
            ("tls: {minimum_version: \"1.1\", geos: []}", "1.2, 1.3"),
            ("accept_proxy_protocol_from: [lb.example.com]", "IP address"),
            ("accept_proxy_protocol_from: [198.18.0.9/24]", "198.18.0.0/24"),
            ("tls: {geos: [{id: eu, certificate: a, key: b, proxy_protocol: true}]}", "relayed geos"),
            ("limits: {client_hello_bytes: 100}", "512 to 65536"),
        ])
    func configuration(_ lines: String, _ text: String) throws {
        let topology = "domain: example.com\ngeos: [{id: eu, number: 1, nodes: [{address: \"127.0.0.1:1\"}]}]\n"
        func read(_ topology: String) throws -> RouterConfiguration {
            try RouterConfiguration(yaml: "topology: t.yaml\nlisten: 127.0.0.1:1\n\(lines)\n", named: "router.yaml") {
                ($0, topology)
            }
        }
        let error = #expect(throws: (any Error).self) { try read(topology) }
        #expect("\(error.map { "\($0)" } ?? "")".contains(text))
    }

    @Test("TLS in front of links that say http is refused")
    func scheme() throws {
        let topology =
            "domain: example.com\npublic: {scheme: http}\ngeos: [{id: eu, number: 1, nodes: [{address: \"127.0.0.1:1\"}]}]\n"
        for lines in ["tls: {geos: [{id: eu, relay: \"127.0.0.1:2\"}]}", "redirect_listen: 127.0.0.1:3"] {
            let error = #expect(throws: (any Error).self) {
                try RouterConfiguration(yaml: "topology: t.yaml\nlisten: 127.0.0.1:1\n\(lines)\n", named: "router.yaml") {
                    ($0, topology)
                }
            }
            #expect("\(error.map { "\($0)" } ?? "")".contains("public.scheme: http"))
        }
    }
}
