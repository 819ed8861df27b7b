import ChildProcesses
import Foundation
import RouterService
import Testing

/// Certificates for tests, each signed by itself, in a folder that is removed with it.
final class TestCertificates: Sendable {
    let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "portolan-certificates-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// A certificate that names a geo's hosts, or those that are given.
    func pair(_ owner: String, names: [String]? = nil) async throws -> TLSSettings.KeyPair {
        let own = ["\(owner).api.example.com", "\(owner).console.example.com", "*.\(owner).portal.example.com"]
        let all = names ?? own + ["developers.\(owner)-company.example"]
        let pair = TLSSettings.KeyPair(
            certificate: folder.appending(path: "\(owner).pem").path, key: folder.appending(path: "\(owner)-key.pem").path)
        let process = try ChildProcess(
            "/usr/bin/env",
            [
                "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
                "-subj", "/CN=\(owner)", "-addext", "subjectAltName=" + all.map { "DNS:\($0)" }.joined(separator: ","),
                "-out", pair.certificate, "-keyout", pair.key,
            ])
        let status = await process.end()
        try #require(status == 0, "\(process.errors)")
        return pair
    }
}
