import ChildProcesses
import Foundation
import Testing

@Suite("residency row 14: the service units keep memory out of files", .timeLimit(.minutes(2)))
struct ServiceUnitTests {
    static let units = ["portolan-node@.service", "portolan-router.service"]

    private static func text(of unit: String) throws -> String {
        try String(contentsOf: Products.root.appendingPathComponent("deploy/systemd/\(unit)"), encoding: .utf8)
    }

    @Test("no core dump, no swap, no shared temporary folder, no file outside the state folder", arguments: units)
    func settings(unit: String) throws {
        let lines = Set(try Self.text(of: unit).split(separator: "\n").map(String.init))
        for line in [
            "Type=notify", "WatchdogSec=30", "LimitCORE=0", "MemorySwapMax=0", "PrivateTmp=yes", "ProtectSystem=strict",
            "UMask=0077",
        ] {
            #expect(lines.contains(line), "\(unit) lacks \(line)")
        }
        // A router has no state folder; a node has its own geo's.
        let states = lines.filter { $0.hasPrefix("StateDirectory=") }
        #expect(states == (unit.contains("node") ? ["StateDirectory=portolan/%i"] : []))
    }

    @Test("systemd reads them without a complaint", .enabled(if: analyzer != nil), arguments: units)
    func verify(unit: String) async throws {
        let folder = try TemporaryFolder()
        let name = unit.replacingOccurrences(of: "@", with: "@eu")
        // It wants the programs to be there.
        let program = unit.contains("node") ? "portolan-node" : "portolan-router"
        let text = try Self.text(of: unit).replacingOccurrences(of: "/usr/bin/\(program)", with: Products.path(program))
        try folder.write(name, text)
        let check = try ChildProcess(try #require(Self.analyzer), ["verify", folder.path(name)])
        #expect(await check.end() == 0)
        #expect(check.errors.isEmpty, "\(check.errors)")
    }

    @Test("systemd finds little that a service taken over could reach", .enabled(if: analyzer != nil), arguments: units)
    func exposure(unit: String) async throws {
        let folder = try TemporaryFolder()
        try folder.write(unit, Self.text(of: unit))
        // In tenths: of 10 for no protection at all, systemd calls everything below 5 "OK" or better.
        let check = try ChildProcess(
            try #require(Self.analyzer), ["security", "--offline=true", "--threshold=20", folder.path(unit)])
        #expect(await check.end() == 0, "\(check.output.suffix(200))")
    }

    private static let analyzer = ["/usr/bin/systemd-analyze", "/bin/systemd-analyze"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }
}
