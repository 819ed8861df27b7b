import ChildProcesses
import Foundation
import Synchronization
import Testing

@Suite("What was acknowledged survives SIGKILL", .timeLimit(.minutes(5)))
struct DurabilityTests {
    static let rounds = 20
    static let writers = 16

    @Test("a node killed again and again under load keeps every registration and delivers every mail")
    func killed() async throws {
        try await RunningCluster.with(["--plain-inside"]) { cluster in
            let eu = try cluster.geo("eu")
            let site = Site(connect: eu.node.address, host: try cluster.portal("eu").host)
            let acknowledged = Acknowledged()
            var pid = eu.node.pid
            var restarted: ChildProcess?
            for round in 0..<Self.rounds {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for writer in 0..<Self.writers {
                        group.addTask { await register(at: site, round: round, writer: writer, into: acknowledged) }
                    }
                    // Kills as soon as something was acknowledged in this round, in the middle of the rest.
                    let before = acknowledged.count
                    defer { kill(pid, SIGKILL) }
                    _ = try await eventually("a registration is acknowledged") {
                        acknowledged.count > before + round ? true : nil
                    }
                }
                await restarted?.end()
                let node = try ChildProcess(eu.node.command[0], Array(eu.node.command.dropFirst()))
                restarted = node
                pid = node.pid
                try await ready(eu.node.adminAddress)
            }
            let addresses = acknowledged.addresses
            #expect(addresses.count >= Self.rounds)
            #expect(addresses.subtracting(try await developers(of: cluster)) == [])
            var undelivered = addresses
            var read: Set<String> = []
            _ = try await eventually("every mail is delivered") {
                undelivered.subtract(try Mailbox(folder: eu.maildir).recipients(besides: &read))
                return undelivered.isEmpty ? true : nil
            }
            restarted?.signal(SIGTERM)
            #expect(await restarted?.end() == 0)
        }
    }

    /// Registers one address after another until the node is gone.
    private func register(at site: Site, round: Int, writer: Int, into acknowledged: Acknowledged) async {
        for number in 0... {
            let email = "dev-\(round)-\(writer)-\(number)@example.com"
            guard let answer = try? await site.post("/api/v3/developer", ["full_name": "Dev", "email": email]),
                answer.status == 201
            else {
                return
            }
            acknowledged.insert(email)
        }
    }

    private func ready(_ admin: String) async throws {
        _ = try await eventually("the node is ready again") {
            let answer = try? await Site(connect: admin, host: admin).get("/readyz")
            return answer?.status == 200 ? true : nil
        }
    }

    private func developers(of cluster: RunningCluster) async throws -> Set<String> {
        var found: Set<String> = []
        let path = "/v3/portals/\(try cluster.geo("eu").portalId)/developers?page%5Bsize%5D=100&page%5Bnumber%5D="
        for page in 1... {
            let answer = try await eventually("the router finds the node") {
                let answer = try await cluster.management("eu").get("\(path)\(page)")
                return answer.status == 200 ? answer : nil
            }
            let data = try #require(try answer.json()["data"] as? [[String: Any]])
            if data.isEmpty { break }
            found.formUnion(data.compactMap { $0["email"] as? String })
        }
        return found
    }
}

/// The addresses whose registration was answered with 201.
private final class Acknowledged: Sendable {
    private let all = Mutex<Set<String>>([])

    var addresses: Set<String> { all.withLock { $0 } }
    var count: Int { addresses.count }

    func insert(_ address: String) { all.withLock { _ = $0.insert(address) } }
}
