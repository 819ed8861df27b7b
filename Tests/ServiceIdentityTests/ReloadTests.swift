import Certificates
import ConfigurationFiles
import Foundation
import Geography
import NIOCore
import NIOSSL
import ServiceIdentity
import Testing

@Suite("An identity is renewed while connections are open", .timeLimit(.minutes(2)))
struct ReloadTests {
    let installation: Installation

    init() throws { installation = try Installation() }

    @Test("an open connection lives on, a new one shows the new certificate, and files that do not fit change nothing")
    func renewed() async throws {
        let (node, router) = (try installation.node("eu"), try installation.router())
        let server = try await serve(node)
        let (first, firstHeard) = try await connect(router, to: server)
        let before = try await serial(of: first)

        _ = try installation.folder.rotate(in: installation.topology, everything: true)
        node.reload()
        router.reload()
        try await Wire.say("still here", on: first)
        await firstHeard.wait(for: "still here")
        let (second, _) = try await connect(router, to: server)
        let renewed = try await serial(of: second)
        #expect(before != renewed)

        // The key alone is new, as between the two writes of a renewal; then the certificate is half a file.
        let expires = node.expires
        let certificate = installation.folder.file("geo-eu")
        let whole = try String(contentsOfFile: certificate, encoding: .utf8)
        try installation.folder.issue(.node(GeoID("eu")), in: installation.topology, lifetime: 3600)
        for text in [whole, String(whole.prefix(100)), ""] {
            try text.write(toFile: certificate, atomically: true, encoding: .utf8)
            node.reload()
            #expect(node.expires == expires)
        }
        let (third, _) = try await connect(router, to: server)
        let kept = try await serial(of: third)
        #expect(kept == renewed)
        for channel in [first, second, third, server] { try await channel.close() }
    }

    @Test("at each step of an authority's rotation both ends trust each other, whoever has read the new files")
    func authority() async throws {
        let (node, router) = (try installation.node("eu"), try installation.router())
        let server = try await serve(node)
        let step = CertificateFolder.settlingTime + 1
        let first = try String(contentsOfFile: installation.folder.file("ca"), encoding: .utf8)
        try installation.folder.rotateAuthority(now: Date() - 2 * step)
        for moment in [2 * step, step, 0] {
            _ = try installation.folder.rotate(in: installation.topology, now: Date() - moment)
            for reload in [node.reload, router.reload] {
                reload()
                let (connection, heard) = try await connect(router, to: server)
                try await Wire.say("hello", on: connection)
                await heard.wait(for: "hello")
                try await connection.close()
            }
        }
        let last = try String(contentsOfFile: installation.folder.file("ca"), encoding: .utf8)
        #expect(!last.contains(first))
        #expect(last.components(separatedBy: "BEGIN CERTIFICATE").count == 2)
        try await server.close()
    }

    @Test("files that cannot be used stop the start with what to do")
    func unusable() throws {
        let folder = installation.folder
        chmod(folder.key("router"), 0o644)
        expectRefusal(saying: "chmod 600")
        chmod(folder.key("router"), 0o600)
        _ = try installation.router()
        try FileManager.default.removeItem(atPath: folder.file("router"))
        expectRefusal(saying: "does not exist")
        try FileManager.default.copyItem(atPath: folder.file("geo-eu"), toPath: folder.file("router"))
        expectRefusal(saying: "expected a certificate with the one URI spiffe://inside.example/router")
        try folder.issue(.router, in: installation.topology)
        try FileManager.default.removeItem(atPath: folder.key("router"))
        try FileManager.default.copyItem(atPath: folder.key("geo-eu"), toPath: folder.key("router"))
        expectRefusal(saying: "expected the private key of")
    }

    private func expectRefusal(saying part: String) {
        let error = #expect(throws: ConfigurationError.self) { try installation.router() }
        #expect(error.map { "\($0)".contains(part) } == true, "\(String(describing: error))")
    }

    private func serve(_ node: ServiceIdentity) async throws -> any Channel {
        let routerID = try Installation.id(.router)
        return try await Wire.serve(heard: Heard()) { _ = try node.addServer(to: $0, expecting: routerID) }
    }

    private func connect(_ router: ServiceIdentity, to server: any Channel) async throws -> (any Channel, Heard) {
        let heard = Heard()
        let euID = try Installation.id(.node(GeoID("eu")))
        let verdict = Wire.group.any().makePromise(of: Void.self)
        let channel = try await Wire.connect(to: server, heard: heard) { channel in
            try router.addClient(to: channel, expecting: euID).cascade(to: verdict)
        }
        try await verdict.futureResult.get()
        return (channel, heard)
    }

    private func serial(of channel: any Channel) async throws -> [UInt8] {
        let handler = try await channel.pipeline.handler(type: NIOSSLClientHandler.self).map {
            NIOLoopBound($0, eventLoop: channel.eventLoop)
        }.get()
        return try await channel.eventLoop.submit { handler.value.peerCertificate?.serialNumber ?? [] }.get()
    }
}
