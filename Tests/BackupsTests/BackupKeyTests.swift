import Foundation
import Testing

@testable import Backups

@Suite("The keys of backups")
struct BackupKeyTests {
    let bench: BackupBench

    init() throws { bench = try BackupBench(storeBytes: 10) }

    @Test("are two files for their owner alone; with the one backups are made, with the other they are opened")
    func files() throws {
        let paths = try bench.key.write(to: bench.path("keys"))
        for path in [paths.key, paths.recipient] {
            #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o600)
        }
        try bench.write(for: BackupRecipient(file: paths.recipient))
        #expect(try bench.read(with: BackupKey(file: paths.key)).store == bench.store)
        let recipient = try String(contentsOfFile: paths.recipient, encoding: .utf8)
        #expect(!recipient.contains(bench.key.privateKey.rawRepresentation.base64EncodedString()))
    }

    @Test("never replace others")
    func twice() throws {
        let paths = try bench.key.write(to: bench.path("keys"))
        let before = try String(contentsOfFile: paths.key, encoding: .utf8)
        #expect(throws: BackupError.alreadyThere(paths.key)) {
            try BackupKey(geo: BackupBench.geo("eu", 1)).write(to: bench.path("keys"))
        }
        #expect(try String(contentsOfFile: paths.key, encoding: .utf8) == before)
    }

    @Test("that others may read, or that are not whole, are refused")
    func unusable() throws {
        let paths = try bench.key.write(to: bench.path("keys"))
        let text = try String(contentsOfFile: paths.key, encoding: .utf8)
        chmod(paths.key, 0o640)
        #expect(Self.reason { try BackupKey(file: paths.key) }?.contains("mode 0640") == true)
        chmod(paths.key, 0o600)
        #expect(Self.reason { try BackupRecipient(file: paths.key) }?.contains("portolan-backup-recipient-1") == true)
        #expect(Self.reason { try BackupKey(file: bench.path("nowhere")) } == "No such file or directory")
        for changed in ["", String(text.dropLast(10)), text + text, text.replacingOccurrences(of: " eu ", with: " EU! ")] {
            try changed.write(toFile: paths.key, atomically: false, encoding: .utf8)
            #expect(Self.reason { try BackupKey(file: paths.key) } != nil, "\(changed)")
        }
    }

    private static func reason(_ body: () throws -> some Any) -> String? {
        do {
            _ = try body()
            return nil
        } catch BackupError.unusableKey(_, let reason) { return reason } catch { return nil }
    }
}
