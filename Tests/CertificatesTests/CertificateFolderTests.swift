import Certificates
import ChildProcesses
import Foundation
import Geography
import Testing
import X509

@Suite("Certificates of a folder", .timeLimit(.minutes(2)))
struct CertificateFolderTests {
    let folder: CertificateFolder
    let topology: Topology

    init() throws {
        folder = CertificateFolder(
            FileManager.default.temporaryDirectory.appendingPathComponent("certificates-\(UUID().uuidString)").path)
        topology = try Topology(
            yaml: """
                domain: example.com
                geos:
                  - id: eu
                    number: 1
                    nodes: [{address: "127.0.0.1:9101"}]
                    custom_domains: [{host: developers.acme.example, portal: acme}]
                """, named: "topology.yaml")
        try folder.initialize()
        for purpose in LeafPurpose.all(of: topology) { try folder.issue(purpose, in: topology) }
    }

    @Test("openssl verifies every one, with the names and uses that it must have and no others")
    func openssl() async throws {
        defer { try? FileManager.default.removeItem(atPath: folder.path) }
        let expected = [
            ("router", "ca", "URI:spiffe://example.com/router"), ("geo-eu", "ca", "URI:spiffe://example.com/geo/eu"),
            (
                "public-eu", "public-ca",
                "DNS:*.eu.portal.example.com, DNS:eu.api.example.com, DNS:eu.console.example.com, DNS:developers.acme.example"
            ), ("public-chooser", "public-ca", "DNS:portal.example.com"),
        ]
        for (name, authority, names) in expected {
            for purpose in ["sslserver", "sslclient"] {
                let verified = try await run(
                    "verify", "-x509_strict", "-purpose", purpose, "-CAfile", folder.file(authority), folder.file(name))
                #expect(verified == "\(folder.file(name)): OK\n")
            }
            let text = try await run(
                "x509", "-in", folder.file(name), "-noout", "-ext", "subjectAltName,extendedKeyUsage,basicConstraints,keyUsage")
            let lines = text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
            #expect(lines.contains(names), "\(text)")
            #expect(lines.contains("TLS Web Server Authentication, TLS Web Client Authentication"))
            #expect(lines.contains("CA:FALSE") && lines.contains("Digital Signature"))
        }
        let crossed = try await run("verify", "-CAfile", folder.file("public-ca"), folder.file("router"))
        #expect(!crossed.contains("OK"))
        let ca = try await run("x509", "-in", folder.file("ca"), "-noout", "-ext", "basicConstraints")
        #expect(ca.contains("CA:TRUE, pathlen:0"))
    }

    @Test("keys are readable by their owner alone, and an authority is never overwritten")
    func files() throws {
        defer { try? FileManager.default.removeItem(atPath: folder.path) }
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(names.count == 12)
        for name in names where name.hasSuffix("-key.pem") {
            let mode = try FileManager.default.attributesOfItem(atPath: "\(folder.path)/\(name)")[.posixPermissions] as? Int
            #expect(mode == 0o600)
        }
        let before = try Data(contentsOf: URL(fileURLWithPath: folder.key("ca")))
        #expect(throws: CertificateError.alreadyThere(folder.file("ca"))) { try folder.initialize() }
        #expect(try Data(contentsOf: URL(fileURLWithPath: folder.key("ca"))) == before)
    }

    @Test("a certificate is renewed from half of its life on, and not before")
    func rotation() throws {
        defer { try? FileManager.default.removeItem(atPath: folder.path) }
        let report = try #require(try folder.reports().first { $0.file == "router.pem" })
        let half = report.validFrom + report.validUntil.timeIntervalSince(report.validFrom) / 2
        #expect(try folder.rotate(in: topology, now: half - 1) == [])
        #expect(try folder.rotate(in: topology, now: half + 1).count == 4)
        #expect(try folder.rotate(in: topology, now: half + 2) == [])
        #expect(try folder.rotate(in: topology, everything: true, now: half + 3).count == 4)
    }

    @Test("a report tells what is expired, not signed, or not of its key")
    func reports() throws {
        defer { try? FileManager.default.removeItem(atPath: folder.path) }
        #expect(try folder.reports().allSatisfy { $0.state == .valid && $0.fingerprint.utf8.count == 64 })
        func state(_ name: String, now: Date = Date()) throws -> CertificateReport.State? {
            try folder.reports(now: now).first { $0.file == "\(name).pem" }?.state
        }
        #expect(try state("router", now: Date() + CertificateFolder.leafLifetime + 2) == .expired)
        #expect(try state("router", now: Date() - 600) == .notYetValid)
        let key = try String(contentsOfFile: folder.key("geo-eu"), encoding: .utf8)
        try key.write(toFile: folder.key("router"), atomically: true, encoding: .utf8)
        #expect(try state("router") == .keyMismatch)
        try FileManager.default.removeItem(atPath: folder.file("geo-eu"))
        try FileManager.default.copyItem(atPath: folder.file("public-eu"), toPath: folder.file("geo-eu"))
        #expect(try state("geo-eu") == .notSigned)
    }

    private func run(_ arguments: String...) async throws -> String {
        let openssl = try ChildProcess("/usr/bin/openssl", arguments)
        await openssl.end()
        return openssl.output
    }
}
