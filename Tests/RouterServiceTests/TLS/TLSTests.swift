import ChildProcesses
import ConfigurationFiles
import Foundation
import Geography
import Testing

@testable import RouterService

/// Answers that curl gets over TLS, with a name in the handshake and another in the request where a test wants it.
struct Curl {
    let router: RunningRouter

    func get(_ name: String, host: String? = nil, path: String = "/", _ more: String...) async throws -> String {
        let port = router.address.port
        let process = try ChildProcess(
            "/usr/bin/env",
            [
                "curl", "-sk", "-m", "20", "--http1.1", "--resolve", "\(name):\(port):127.0.0.1", "-H", "Host: \(host ?? name)",
                "-D", "-", "https://\(name):\(port)\(path)",
            ] + more)
        let status = await process.end()
        return status == 0 ? process.output : "curl \(status)"
    }

    /// Asks for several hosts on one HTTP/2 connection.
    ///
    /// - Returns: for each the version, the status, and how many connections were made for it.
    func codesOverHTTP2(_ name: String, hosts: [String]) async throws -> [String] {
        let port = router.address.port
        let requests = hosts.map { host in
            [
                "-sk", "-m", "20", "--http2", "--resolve", "\(name):\(port):127.0.0.1", "-H", "Host: \(host)", "-o", "/dev/null",
                "-w", "%{http_version} %{http_code} %{num_connects}\n", "https://\(name):\(port)/",
            ]
        }
        let process = try ChildProcess("/usr/bin/env", ["curl"] + requests.joined(separator: ["--next"]))
        await process.end()
        return process.output.split(separator: "\n").map(String.init)
    }
}

/// A node that no test asks for anything.
private let unused = SocketEndpoint(host: "127.0.0.1", port: 1)

/// Runs a router that decrypts eu, relays us to an ingress, and leaves au out, before nodes of eu and us.
private func serveOneRegion(
    relay ingress: SocketEndpoint, proxyProtocol: Bool = false, limits: (inout RouterLimits) -> Void = { _ in },
    _ body: @Sendable (RunningRouter, TwoGeos) async throws -> Void
) async throws {
    let certificates = try TestCertificates()
    let pair = try await certificates.pair("eu")
    let eu = try await RecordingNode.start(answer: { _ in .ok("eu") })
    let us = try await RecordingNode.start(answer: { _ in .ok("us") })
    let settings = TLSSettings(
        geos: [try GeoID("eu"): .decrypt(pair), try GeoID("us"): .relay(ingress, proxyProtocol: proxyProtocol)])
    try await RunningRouter.serve(
        [("eu", [eu.endpoint]), ("us", [us.endpoint]), ("au", [unused])], limits: limits, configure: { $0.tls = settings }
    ) { try await body($0, TwoGeos(eu: eu, us: us)) }
    await eu.stop()
    await us.stop()
}

extension TwoGeos {
    fileprivate var count: Int { eu.requests.count + us.requests.count }
}

@Suite("residency row 2: the name in TLS and the host of a request name the same geo", .timeLimit(.minutes(5)))
struct AuthorityTests {
    @Test("a host of the same geo is served, one of another geo or of none is 421 and reaches no node")
    func matrix() async throws {
        let certificates = try TestCertificates()
        let (eu, us) = (try await certificates.pair("eu"), try await certificates.pair("us"))
        let chooser = try await certificates.pair("chooser", names: ["portal.example.com"])
        let settings = TLSSettings(geos: [try GeoID("eu"): .decrypt(eu), try GeoID("us"): .decrypt(us)], chooser: chooser)
        let nodes = TwoGeos(eu: try await RecordingNode.start(), us: try await RecordingNode.start())
        try await RunningRouter.serve(
            [("eu", [nodes.eu.endpoint]), ("us", [nodes.us.endpoint])], configure: { $0.tls = settings }
        ) {
            router in
            let curl = Curl(router: router)
            let hosts = ["eu": "acme.eu.portal.example.com", "us": "us.api.example.com", "chooser": "portal.example.com"]
            var misdirected = 0
            for (owner, name) in hosts {
                for (other, host) in hosts {
                    let before = nodes.count
                    let answer = try await curl.get(name, host: host)
                    #expect(answer.hasPrefix("HTTP/1.1 \(owner == other ? 200 : 421) "), "\(name) \(host): \(answer)")
                    if owner != other { misdirected += 1 }
                    #expect(nodes.count == before + (owner == other && owner != "chooser" ? 1 : 0))
                }
                #expect(try await curl.get(name, host: "unknown.example.com").hasPrefix("HTTP/1.1 421 "))
            }
            #expect(
                try await curl.get("acme.eu.portal.example.com", host: "developers.eu-company.example").hasPrefix("HTTP/1.1 200 ")
            )
            #expect(try await curl.get("portal.example.com").contains("Strict-Transport-Security: max-age=31536000\r\n"))
            #expect(try await router.metric("portolan_router_tls_refused_total{reason=\"other_authority\"}") == misdirected)
        }
        await nodes.eu.stop()
        await nodes.us.stop()
    }

    @Test("an HTTP/2 connection to one geo may ask for its other hosts, and for those of no other geo")
    func coalescing() async throws {
        let certificates = try TestCertificates()
        let (eu, us) = (try await certificates.pair("eu"), try await certificates.pair("us"))
        let settings = TLSSettings(geos: [try GeoID("eu"): .decrypt(eu), try GeoID("us"): .decrypt(us)])
        let nodes = TwoGeos(eu: try await RecordingNode.start(), us: try await RecordingNode.start())
        try await RunningRouter.serve(
            [("eu", [nodes.eu.endpoint]), ("us", [nodes.us.endpoint])], configure: { $0.tls = settings }
        ) { router in
            let answers = try await Curl(router: router).codesOverHTTP2(
                "eu.api.example.com",
                hosts: ["eu.api.example.com", "acme.us.portal.example.com", "acme.eu.portal.example.com", "us.api.example.com"])
            // The version, the status, and how many connections it took.
            #expect(answers == ["2 200 1", "2 421 0", "2 200 0", "2 421 0"])
            #expect(nodes.us.requests.isEmpty)
            #expect(nodes.eu.requests.count == 2)
            #expect(try await router.metric("portolan_router_tls_refused_total{reason=\"other_authority\"}") == 2)
        }
        await nodes.eu.stop()
        await nodes.us.stop()
    }

    @Test("a session of one geo is not resumed at another")
    func sessions() async throws {
        let certificates = try TestCertificates()
        let (eu, us) = (try await certificates.pair("eu"), try await certificates.pair("us"))
        let settings = TLSSettings(geos: [try GeoID("eu"): .decrypt(eu), try GeoID("us"): .decrypt(us)])
        let geos = [("eu", 1), ("us", 2)].map { ($0.0, [SocketEndpoint(host: "127.0.0.1", port: $0.1)]) }
        try await RunningRouter.serve(geos, configure: { $0.tls = settings }) { router in
            let file = certificates.folder.appending(path: "session").path
            for version in ["-tls1_2", "-tls1_3"] {
                let first = try await connect(router, "eu.api.example.com", [version, "-sess_out", file])
                #expect(first.contains("New, TLSv1"))
                let same = try await connect(router, "eu.console.example.com", [version, "-sess_in", file])
                #expect(same.contains("Reused, TLSv1"))
                let other = try await connect(router, "us.api.example.com", [version, "-sess_in", file])
                #expect(other.contains("New, TLSv1"))
            }
            let old = try await connect(router, "us.api.example.com", ["-tls1_1", "-cipher", "DEFAULT@SECLEVEL=0"])
            #expect(old.contains("Cipher is (NONE)"))
        }
    }

    private func connect(_ router: RunningRouter, _ name: String, _ more: [String]) async throws -> String {
        let process = try ChildProcess(
            "/usr/bin/env", ["openssl", "s_client", "-connect", "\(router.address)", "-servername", name, "-ign_eof"] + more)
        // The answer makes sure that TLS 1.3's tickets came before the end.
        try process.finishInput(Data("GET / HTTP/1.1\r\nHost: unknown\r\nConnection: close\r\n\r\n".utf8))
        await process.end()
        return process.output
    }
}

@Suite("residency row 8: only the region's own router decrypts", .timeLimit(.minutes(5)))
struct RegionTests {
    @Test("a router without the key serves the other geo's clients, whose requests the other region's router decrypts")
    func otherRegion() async throws {
        let certificates = try TestCertificates()
        let pair = try await certificates.pair("us")
        let node = try await RecordingNode.start(answer: { _ in .ok("decrypted in us") })
        let settings = TLSSettings(geos: [try GeoID("us"): .decrypt(pair)])
        let proxies = TrustedProxies([try #require(AddressBlock("127.0.0.1"))])
        try await RunningRouter.serve(
            [("eu", [unused]), ("us", [node.endpoint])],
            configure: {
                $0.tls = settings
                $0.trustedProxies = proxies
            }
        ) { far in
            try await serveOneRegion(relay: far.address, proxyProtocol: true) { near, nodes in
                let answer = try await Curl(router: near).get("acme.us.portal.example.com", path: "/secret")
                #expect(answer.contains("decrypted in us"))
                #expect(try await node.request().values("X-Forwarded-For") == ["127.0.0.1"])
                #expect(try await Curl(router: near).get("eu.api.example.com").hasSuffix("eu"))
                #expect(nodes.us.requests.isEmpty && nodes.eu.requests.count == 1)
                #expect(try await near.metric("portolan_router_relayed_connections_total{geo=\"us\"}") == 1)
                #expect(try await Curl(router: near).get("au.api.example.com") == "curl 35")
                #expect(!near.log.lines.contains { $0.contains("portal.example") })
            }
        }
        await node.stop()
    }

    @Test("the ingress gets exactly the client's bytes, both ways, and each end's close is passed on")
    func bytes() async throws {
        let ingress = try await RecordingIngress.start()
        try await serveOneRegion(relay: ingress.endpoint, limits: { $0.clientHelloTimeout = .seconds(240) }) { router, _ in
            let client = try await router.connect()
            let sent = HelloBytes(names: ["us.api.example.com"]).records(fragment: 11) + Array(repeating: 200, count: 5000)
            for byte in sent.prefix(400) { try await client.send([byte]) }
            try await client.send(Array(sent.dropFirst(400)))
            #expect(try await ingress.receive(sent.count) == sent)
            try await ingress.send("and back")
            try await client.receive("and back")
            try await ingress.closeOutput()
            try await eventually {
                try await router.metric("portolan_router_relayed_bytes_total{geo=\"us\",direction=\"out\"}") == 8
            }
            #expect(try await router.metric("portolan_router_relayed_bytes_total{geo=\"us\",direction=\"in\"}") == sent.count)
            try await client.close()
            try await ingress.record.value { $0.isInputClosed || $0.isClosed ? () : nil }
            try await eventually { try await router.metric("portolan_router_connections") == 0 }
        }
        await ingress.stop()
    }

    @Test("a PROXY header stands before the client's first byte where the ingress wants one")
    func proxyHeader() async throws {
        let ingress = try await RecordingIngress.start()
        try await serveOneRegion(relay: ingress.endpoint, proxyProtocol: true) { router, _ in
            let client = try await router.connect()
            let hello = HelloBytes(names: ["us.api.example.com"]).records()
            try await client.send(hello)
            let received = try await ingress.receive(28 + hello.count)
            #expect(Array(received.prefix(24)) == ProxyHeader.signature + [0x21, 0x11, 0, 12, 127, 0, 0, 1, 127, 0, 0, 1])
            #expect(Array(received[26..<28]) == [UInt8(router.address.port >> 8), UInt8(router.address.port & 0xFF)])
            #expect(Array(received.dropFirst(28)) == hello)
            try await client.close()
        }
        await ingress.stop()
    }

    @Test("what a client sends at once with its ClientHello, and the end of it, reach an ingress that is not connected yet")
    func early() async throws {
        let ingress = try await RecordingIngress.start()
        try await serveOneRegion(relay: ingress.endpoint) { router, _ in
            let client = try await router.connect()
            // More than one read of the router takes, and the end before it can have dialled.
            let sent =
                HelloBytes(names: ["us.api.example.com"]).records() + (0..<200_000).map { UInt8(truncatingIfNeeded: $0 / 7) }
            try await client.send(sent)
            try await client.closeOutput()
            try await ingress.record.value { $0.isInputClosed ? () : nil }
            #expect(ingress.record.value.bytes == sent)
            try await ingress.send("and back")
            try await client.receive("and back")
            try await client.close()
        }
        await ingress.stop()
    }

    @Test("a slow ingress slows its client down, and nothing is lost")
    func backPressure() async throws {
        let ingress = try await RecordingIngress.start(reads: false)
        try await serveOneRegion(relay: ingress.endpoint) { router, _ in
            let client = try await router.connect()
            let hello = HelloBytes(names: ["us.api.example.com"]).records()
            try await client.send(hello)
            let total = 2 * (SocketBuffers.mostReceived + SocketBuffers.mostSent) + 8 * 1024 * 1024
            let sent = Watched(0)
            let flood = Task { try await client.flood(bytes: total, sent: sent) }
            #expect(try await standstill { sent.value } < total)
            let channel = try await ingress.record.value { $0.channel }
            try await channel.setOption(.autoRead, value: true).get()
            channel.read()
            try await flood.value
            try await ingress.record.value { $0.bytes.count == hello.count + total ? () : nil }
            try await client.close()
        }
        await ingress.stop()
    }

    @Test(
        "what cannot be served is refused with its alert",
        arguments: [
            (HelloBytes(names: ["us.example.com"]).records(), TLSAlert.unrecognizedName),
            (HelloBytes(names: ["au.api.example.com"]).records(), .unrecognizedName),
            (HelloBytes(names: ["portal.example.com"]).records(), .unrecognizedName),
            (HelloBytes(names: nil).records(), .missingExtension),
            (HelloBytes(names: ["eu.api.example.com", "us.api.example.com"]).records(), .decodeError),
            (HelloBytes(names: ["eu.api.example.com"], protocols: ["spdy/3"]).records(), .noApplicationProtocol),
            (HelloBytes(names: ["eu.api.example.com"], padding: 17_000).records(), .decodeError),
            (Array("GET / HTTP/1.1\r\n\r\n".utf8), .unexpectedMessage),
        ])
    func alerts(_ sent: [UInt8], _ alert: TLSAlert) async throws {
        try await serveOneRegion(relay: ReservedPort().endpoint) { router, nodes in
            let client = try await router.connect()
            try await client.send(sent)
            let answer = try await client.inbox.value { $0.isClosed ? $0.bytes : nil }
            #expect(answer == [21, 3, 3, 0, 2, 2, alert.rawValue])
            #expect(nodes.areUntouched)
        }
    }

    @Test("an ingress that is down gives an alert, and the geo that is decrypted here is untouched")
    func down() async throws {
        let reserved = ReservedPort()
        try await serveOneRegion(relay: reserved.endpoint) { router, _ in
            let client = try await router.connect()
            try await client.send(HelloBytes(names: ["us.api.example.com"]).records())
            let answer = try await client.inbox.value { $0.isClosed ? $0.bytes : nil }
            #expect(answer.last == TLSAlert.internalError.rawValue)
            #expect(try await Curl(router: router).get("eu.api.example.com").hasSuffix("eu"))
        }
        reserved.release()
    }

    @Test("a ClientHello that does not come to its end in time, and a relay without a byte, are closed")
    func timeouts() async throws {
        let ingress = try await RecordingIngress.start()
        try await serveOneRegion(
            relay: ingress.endpoint,
            limits: {
                $0.clientHelloTimeout = .seconds(4)
                $0.relayIdleTimeout = .seconds(4)
            }
        ) { router, _ in
            let slow = try await router.connect()
            try await slow.send([22, 3])
            #expect(try await slow.rest() == "")
            #expect(try await router.metric("portolan_router_tls_refused_total{reason=\"hello_timeout\"}") == 1)
            let idle = try await router.connect()
            try await idle.send(HelloBytes(names: ["us.api.example.com"]).records())
            _ = try await idle.rest()
            try await eventually { try await router.metric("portolan_router_connections") == 0 }
        }
        await ingress.stop()
    }
}
