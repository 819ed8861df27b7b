import ChildProcesses
import Foundation
import ServiceProcess
import Synchronization
import Testing

@Suite("What a service manager is told", .timeLimit(.minutes(1)))
struct SupervisorTests {
    struct Enough: Error {}

    private let folder = FileManager.default.temporaryDirectory.path
    private let name = "portolan-\(UUID().uuidString)"

    @Test("notices arrive as datagrams at a path and at an abstract name", arguments: [true, false])
    func arrive(atPath: Bool) async throws {
        let socket = try SupervisorSocket(atPath ? "\(folder)/\(name)" : "@\(name)")
        defer { if atPath { unlink(socket.name) } }
        let supervisor = Supervisor(environment: ["NOTIFY_SOCKET": socket.name])
        supervisor.tell(.ready)
        supervisor.tell(.stopping)
        var notices = socket.notices.makeAsyncIterator()
        #expect(await notices.next() == "READY=1")
        #expect(await notices.next() == "STOPPING=1")
    }

    @Test("a reload tells the moment of its beginning, by the clock that is never set")
    func reloading() throws {
        let lines = SupervisorNotice.reloading().text.split(separator: "\n")
        #expect(lines.first == "RELOADING=1")
        let moment = try #require(lines.last?.split(separator: "=").last.flatMap { Int64($0) })
        var now = timespec()
        clock_gettime(CLOCK_MONOTONIC, &now)
        #expect(lines.last?.hasPrefix("MONOTONIC_USEC=") == true)
        #expect((Int64(now.tv_sec - 60) * 1_000_000...Int64(now.tv_sec + 1) * 1_000_000).contains(moment))
    }

    @Test(
        "what does not ask for signs of life in a form that can be used gets none",
        arguments: [
            ["WATCHDOG_USEC": "1000"],
            ["NOTIFY_SOCKET": "@a"],
            ["NOTIFY_SOCKET": "@", "WATCHDOG_USEC": "1000"],
            ["NOTIFY_SOCKET": "relative", "WATCHDOG_USEC": "1000"],
            ["NOTIFY_SOCKET": "/" + String(repeating: "a", count: 200), "WATCHDOG_USEC": "1000"],
            ["NOTIFY_SOCKET": "@a", "WATCHDOG_USEC": "0"],
            ["NOTIFY_SOCKET": "@a", "WATCHDOG_USEC": "-5"],
            ["NOTIFY_SOCKET": "@a", "WATCHDOG_USEC": "soon"],
            ["NOTIFY_SOCKET": "@a", "WATCHDOG_USEC": "1000", "WATCHDOG_PID": "1"],
        ])
    func silent(environment: [String: String]) async {
        let supervisor = Supervisor(environment: environment, processID: 77)
        #expect(supervisor.watchdogInterval == nil)
        supervisor.tell(.ready)
        await supervisor.keepAlive { Issue.record("nobody asked") }
    }

    @Test("signs of life come twice in each interval, each after a proof of life")
    func alive() async throws {
        let socket = try SupervisorSocket("@\(name)")
        let environment = ["NOTIFY_SOCKET": socket.name, "WATCHDOG_USEC": "30000000", "WATCHDOG_PID": "77"]
        let supervisor = Supervisor(environment: environment, processID: 77)
        let waits = Mutex<[Duration]>([])
        let proofs = Mutex(0)
        await supervisor.keepAlive { wait in
            let count = waits.withLock { waits in
                waits.append(wait)
                return waits.count
            }
            if count == 3 { throw Enough() }
        } proof: {
            proofs.withLock { $0 += 1 }
        }
        supervisor.tell(.stopping)
        #expect(waits.withLock { $0 } == [.seconds(15), .seconds(15), .seconds(15)])
        #expect(proofs.withLock { $0 } == 3)
        var notices = socket.notices.makeAsyncIterator()
        for _ in 0..<3 { #expect(await notices.next() == "WATCHDOG=1") }
        #expect(await notices.next() == "STOPPING=1")
    }

    @Test("while the proof of life does not come, no sign is given")
    func stuck() async throws {
        let socket = try SupervisorSocket("@\(name)")
        let supervisor = Supervisor(environment: ["NOTIFY_SOCKET": socket.name, "WATCHDOG_USEC": "1000"])
        let (asked, ask) = AsyncStream.makeStream(of: Void.self)
        let signs = Task {
            await supervisor.keepAlive {
                ask.yield()
                try await Task.sleep(for: .seconds(3600))
            }
        }
        for await _ in asked.prefix(1) {}
        signs.cancel()
        await signs.value
        supervisor.tell(.stopping)
        var notices = socket.notices.makeAsyncIterator()
        #expect(await notices.next() == "STOPPING=1")
    }
}
