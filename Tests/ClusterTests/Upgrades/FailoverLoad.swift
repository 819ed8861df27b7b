import AsyncHTTPClient
import NIOCore
import Synchronization

/// Clients who know several routers and go to the next one where the first takes no connection, or closes one without a word of an
/// answer: what a browser does with two addresses of one name, and a load balancer with two servers (RFC 9110, section 9.2.2).
final class FailoverLoad: Sendable {
    struct Tally: Sendable {
        var pages = 0
        /// Requests that had to go to another router.
        var moved = 0
        /// What came instead of a page.
        var failures: [String] = []
    }

    static let clientsPerGeo = 3

    private let state = Mutex<(tallies: [String: Tally], isOver: Bool)>(([:], false))

    subscript(geo: String) -> Tally { state.withLock { $0.tallies[geo] ?? Tally() } }

    /// - Parameter sites: by geo, the same host at each router.
    static func on(_ sites: [String: [Site]], during test: (FailoverLoad) async throws -> Void) async throws -> FailoverLoad {
        let load = FailoverLoad()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (geo, sites) in sites {
                for client in 0..<clientsPerGeo { group.addTask { try await load.ask(sites, of: geo, beginningWith: client) } }
            }
            defer { load.state.withLock { $0.isOver = true } }
            try await test(load)
        }
        return load
    }

    /// Waits until each geo has so many more pages.
    func morePages(_ count: Int = 30, of geos: String...) async throws {
        for geo in geos {
            let before = self[geo].pages
            _ = try await eventually("\(geo) gets \(count) more pages") { self[geo].pages >= before + count ? true : nil }
        }
    }

    private func ask(_ sites: [Site], of geo: String, beginningWith first: Int) async throws {
        var configuration = HTTPClient.Configuration.singletonConfiguration
        configuration.connectionPool.retryConnectionEstablishment = false
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        var current = first
        while !state.withLock({ $0.isOver }) {
            var problems: [String] = []
            for attempt in 0..<sites.count {
                let problem = await Self.problem(of: sites[(current + attempt) % sites.count], with: client)
                guard let problem else {
                    current += attempt
                    break
                }
                problems.append(problem)
                // An answer is an answer, also one that is no page.
                if problem.hasPrefix("status") { break }
            }
            let isPage = problems.count < sites.count && problems.allSatisfy { !$0.hasPrefix("status") }
            state.withLock { state in
                if isPage { state.tallies[geo, default: Tally()].pages += 1 }
                if isPage, !problems.isEmpty { state.tallies[geo, default: Tally()].moved += 1 }
                if !isPage { state.tallies[geo, default: Tally()].failures.append(problems.joined(separator: "; ")) }
            }
        }
        try await client.shutdown()
    }

    /// What came instead of a page; nil where it came.
    private static func problem(of site: Site, with client: HTTPClient) async -> String? {
        var request = HTTPClientRequest(url: "http://\(site.connect)/login")
        request.headers.add(name: "host", value: site.host)
        var isAnswered = false
        do {
            let response = try await client.execute(request, timeout: .seconds(30))
            isAnswered = true
            _ = try await response.body.collect(upTo: 1 << 20)
            return response.status == .ok ? nil : "status \(response.status.code)"
        } catch {
            // Cut off inside an answer is a failure, not a reason to ask elsewhere.
            return isAnswered ? "status cut off: \(error)" : "\(error)"
        }
    }
}
