import ChildProcesses
import Foundation
import Testing

@Suite("residency row 14: the service units keep memory out of files", .timeLimit(.minutes(2)))
struct ServiceUnitTests {
    static let services = ["portolan-node@.service", "portolan-router.service"]
    /// What runs beside a node and reads its data.
    static let besides = ["portolan-backup@.service", "portolan-shipping@.service"]
    static let units = services + besides

    private static func text(of unit: String) throws -> String {
        try String(contentsOf: Products.root.appendingPathComponent("deploy/systemd/\(unit)"), encoding: .utf8)
    }

    @Test("no core dump, no swap, no shared temporary folder, no file outside the state folder", arguments: units)
    func settings(unit: String) throws {
        let lines = Set(try Self.text(of: unit).split(separator: "\n").map(String.init))
        for line in ["LimitCORE=0", "MemorySwapMax=0", "PrivateTmp=yes", "ProtectSystem=strict", "UMask=0077"] {
            #expect(lines.contains(line), "\(unit) lacks \(line)")
        }
        // A router has no state folder; a node has its own geo's, and what is beside it writes there and to its own.
        let states = lines.filter { $0.hasPrefix("StateDirectory=") || $0.hasPrefix("ReadWritePaths=") }
        #expect(states == Self.folders[unit])
    }

    private static let folders: [String: Set<String>] = [
        "portolan-node@.service": ["StateDirectory=portolan/%i"], "portolan-router.service": [],
        "portolan-backup@.service": ["ReadWritePaths=/var/lib/portolan/%i /var/backups/portolan/%i"],
        "portolan-shipping@.service": ["ReadWritePaths=/var/lib/portolan/%i"],
    ]

    @Test("a service says itself that it serves, and is started anew where it does not answer", arguments: services)
    func supervision(unit: String) throws {
        let lines = Set(try Self.text(of: unit).split(separator: "\n").map(String.init))
        #expect(lines.isSuperset(of: ["Type=notify", "WatchdogSec=30"]))
    }

    @Test("systemd reads them without a complaint", .enabled(if: analyzer != nil), arguments: units + ["portolan-backup@.timer"])
    func verify(unit: String) async throws {
        let folder = try TemporaryFolder()
        let name = unit.replacingOccurrences(of: "@", with: "@eu")
        // It wants the programs to be there, and what a timer starts.
        for unit in unit.hasSuffix(".timer") ? [unit, unit.replacingOccurrences(of: ".timer", with: ".service")] : [unit] {
            var text = try Self.text(of: unit).replacingOccurrences(of: "/usr/bin/litestream", with: "/bin/true")
            for program in ["portolan-node", "portolan-router"] {
                text = text.replacingOccurrences(of: "/usr/bin/\(program)", with: Products.path(program))
            }
            try folder.write(unit.replacingOccurrences(of: "@", with: "@eu"), text)
        }
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
