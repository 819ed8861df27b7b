import ChildProcesses
import Foundation
import Testing

@Suite("Under a service manager", .timeLimit(.minutes(2)))
struct SupervisionTests {
    private static let router = "topology: topology.yaml\nlisten: 127.0.0.1:0\nadmin_listen: 127.0.0.1:0\n"

    @Test("a process says when it serves, lives, reads again and stops", arguments: ["node", "router"])
    func notices(of role: String) async throws {
        let folder = try TemporaryFolder()
        try folder.write("topology.yaml", StartTests.topology)
        try folder.write("\(role).yaml", role == "node" ? StartTests.node() : Self.router)
        let socket = try SupervisorSocket("@portolan-\(UUID().uuidString)")
        let process = try ChildProcess(
            Products.path("portolan-\(role)"), ["--config", folder.path("\(role).yaml")],
            environment: ["NOTIFY_SOCKET": socket.name, "WATCHDOG_USEC": "200000"])
        var notices = socket.notices.makeAsyncIterator()
        #expect(await notices.next() == "READY=1")
        #expect(await notices.next() == "WATCHDOG=1")
        #expect(await notices.next() == "WATCHDOG=1")

        process.signal(SIGHUP)
        #expect(await Self.next(&notices)?.hasPrefix("RELOADING=1\nMONOTONIC_USEC=") == true)
        #expect(await Self.next(&notices) == "READY=1")

        process.signal(SIGTERM)
        #expect(await Self.next(&notices) == "STOPPING=1")
        #expect(await process.end() == 0)
    }

    /// The next notice that is no sign of life.
    private static func next(_ notices: inout AsyncStream<String>.Iterator) async -> String? {
        while let notice = await notices.next() {
            if notice != "WATCHDOG=1" { return notice }
        }
        return nil
    }
}
