import Certificates
import Geography
import NIOCore
import NIOSSL
import ServiceIdentity
import Testing

@Suite("residency row 7: nobody poses as a node or a router", .timeLimit(.minutes(2)))
struct HandshakeTests {
    let installation: Installation

    init() throws { installation = try Installation() }

    @Test("a router and a node that prove who they are talk")
    func right() async throws {
        let (atNode, atRouter) = (Heard(), Heard())
        let (node, router) = (try installation.node("eu"), try installation.router())
        let (euID, routerID) = (try Installation.id(.node(GeoID("eu"))), try Installation.id(.router))
        let server = try await Wire.serve(heard: atNode) { _ = try node.addServer(to: $0, expecting: routerID) }
        let connection = try await Wire.connect(to: server, heard: atRouter) { _ = try router.addClient(to: $0, expecting: euID) }
        try await Wire.say("hello", on: connection)
        await atRouter.wait(for: "hello")
        #expect(atNode.text == "hello")
        try await connection.close()
        try await server.close()
    }

    @Test("a node serves nobody but a router", arguments: Impostor.allCases)
    func atNode(_ impostor: Impostor) async throws {
        let (atNode, atImpostor) = (Heard(), Heard())
        let node = try installation.node("eu")
        let routerID = try Installation.id(.router)
        let server = try await Wire.serve(heard: atNode) { _ = try node.addServer(to: $0, expecting: routerID) }
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.certificateVerification = .none
        if let credential = try impostor.credential(in: installation, right: "\(routerID)") {
            tls.certificateChain = try credential.chain()
            tls.privateKey = try credential.key()
        }
        let context = try NIOSSLContext(configuration: tls)
        let connection = try await Wire.connect(to: server, heard: atImpostor) { channel in
            try channel.pipeline.syncOperations.addHandler(NIOSSLClientHandler(context: context, serverHostname: nil))
        }
        // Whether this can be written depends on when the refusal comes; that it is not heard does not.
        try? await Wire.say("GET / HTTP/1.1\r\n\r\n", on: connection)
        try await connection.closeFuture.get()
        try await server.close()
        #expect(atNode.text == "")
        #expect(atImpostor.text == "")
    }

    /// A TLS server cannot be without a certificate.
    @Test(
        "a router sends nothing to who is not a node of the geo",
        arguments: Impostor.allCases.filter { $0 != .withoutCertificate })
    func atRouter(_ impostor: Impostor) async throws {
        let atImpostor = Heard()
        let euID = try Installation.id(.node(GeoID("eu")))
        let credential = try #require(try impostor.credential(in: installation, right: "\(euID)"))
        let context = try NIOSSLContext(
            configuration: .makeServerConfiguration(certificateChain: credential.chain(), privateKey: credential.key()))
        let server = try await Wire.serve(heard: atImpostor) { channel in
            try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: context))
        }
        let router = try installation.router()
        let verdict = Wire.group.any().makePromise(of: Void.self)
        let connection = try await Wire.connect(to: server, heard: Heard()) { channel in
            try router.addClient(to: channel, expecting: euID).cascade(to: verdict)
        }
        await #expect(throws: IdentityError.self) { try await verdict.futureResult.get() }
        try? await Wire.say("secret", on: connection)
        try await connection.closeFuture.get()
        try await server.close()
        #expect(atImpostor.text == "")
    }

    @Test("plain HTTP and older TLS get no answer from a node", arguments: [true, false])
    func notTLS13(isPlain: Bool) async throws {
        let (atNode, atClient) = (Heard(), Heard())
        let node = try installation.node("eu")
        let routerID = try Installation.id(.router)
        let server = try await Wire.serve(heard: atNode) { _ = try node.addServer(to: $0, expecting: routerID) }
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.certificateVerification = .none
        tls.maximumTLSVersion = .tlsv12
        let context = try NIOSSLContext(configuration: tls)
        let connection = try await Wire.connect(to: server, heard: atClient) { channel in
            guard !isPlain else { return }
            try channel.pipeline.syncOperations.addHandler(NIOSSLClientHandler(context: context, serverHostname: nil))
        }
        try? await Wire.say("GET / HTTP/1.1\r\nHost: acme.eu.portal.example.com\r\n\r\n", on: connection)
        try await connection.closeFuture.get()
        try await server.close()
        #expect(atNode.text == "")
        #expect(!atClient.text.contains("HTTP"))
    }

    @Test("who connects and says nothing is closed in time")
    func silent() async throws {
        let node = try installation.node("eu")
        let routerID = try Installation.id(.router)
        let verdict = Wire.group.any().makePromise(of: Void.self)
        let server = try await Wire.serve(heard: Heard()) { channel in
            try node.addServer(to: channel, expecting: routerID, within: .milliseconds(50)).cascade(to: verdict)
        }
        let connection = try await Wire.connect(to: server, heard: Heard()) { _ in }
        await #expect(throws: IdentityError.timedOut) { try await verdict.futureResult.get() }
        try await connection.closeFuture.get()
        try await server.close()
    }
}
