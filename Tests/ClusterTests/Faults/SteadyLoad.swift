import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import Synchronization
import Testing

/// Clients of several geos that ask for a page again and again, and what became of it, by geo.
final class SteadyLoad: Sendable {
    enum Outcome: Hashable, Sendable {
        case status(Int)
        /// The connection ended, or there was none.
        case closed
        /// No answer and no end within ``clientPatience``: what must never be.
        case hung
    }

    struct Tally: Sendable {
        var outcomes: [Outcome: Int] = [:]
        var longest = Duration.zero

        var total: Int { outcomes.values.reduce(0, +) }

        /// Whether each request got its page.
        var isClean: Bool { Set(outcomes.keys) == [.status(200)] }
    }

    static let clientsPerGeo = 3
    static let clientPatience = TimeAmount.seconds(30)

    private let state: Mutex<(tallies: [String: Tally], isOver: Bool)>

    private init(_ geos: some Sequence<String>) {
        state = Mutex((Dictionary(uniqueKeysWithValues: geos.map { ($0, Tally()) }), false))
    }

    subscript(geo: String) -> Tally { state.withLock { $0.tallies[geo] ?? Tally() } }

    /// Runs a test while the sites are asked; returns when every client has its last answer.
    ///
    /// - Parameter sites: by geo. The clients of a geo have connections of their own.
    static func on(_ sites: [String: Site], during test: (SteadyLoad) async throws -> Void) async throws {
        let load = SteadyLoad(sites.keys)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (geo, site) in sites {
                for _ in 0..<clientsPerGeo { group.addTask { try await load.ask(site, of: geo) } }
            }
            let outcome: Result<Void, any Error>
            do { outcome = .success(try await test(load)) } catch { outcome = .failure(error) }
            load.state.withLock { $0.isOver = true }
            try await group.waitForAll()
            try outcome.get()
        }
    }

    /// Waits until so many more requests of a geo had one of these outcomes.
    func more(_ count: Int = 10, of geo: String, _ what: String, where counts: (Outcome) -> Bool) async throws {
        func found() -> Int { self[geo].outcomes.reduce(0) { counts($1.key) ? $0 + $1.value : $0 } }
        let before = found()
        _ = try await eventually("\(count) more requests of \(geo) \(what)") { found() >= before + count ? true : nil }
    }

    /// Waits until so many more requests of each geo got their page.
    func morePages(_ count: Int = 10, of geos: String...) async throws {
        for geo in geos { try await more(count, of: geo, "get their page") { $0 == .status(200) } }
    }

    private func ask(_ site: Site, of geo: String) async throws {
        var configuration = HTTPClient.Configuration.singletonConfiguration
        configuration.connectionPool.retryConnectionEstablishment = false
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        while !state.withLock({ $0.isOver }) {
            let start = ContinuousClock.now
            let outcome = await Self.outcome(of: site, with: client)
            let time = ContinuousClock.now - start
            state.withLock { state in
                state.tallies[geo, default: Tally()].outcomes[outcome, default: 0] += 1
                state.tallies[geo, default: Tally()].longest = max(state.tallies[geo]?.longest ?? .zero, time)
            }
        }
        try await client.shutdown()
    }

    private static func outcome(of site: Site, with client: HTTPClient) async -> Outcome {
        var request = HTTPClientRequest(url: "http://\(site.connect)/login")
        request.headers.add(name: "host", value: site.host)
        do {
            let response = try await client.execute(request, timeout: clientPatience)
            _ = try await response.body.collect(upTo: 1 << 20)
            return .status(Int(response.status.code))
        } catch let error as HTTPClientError where [.deadlineExceeded, .readTimeout].contains(error) {
            return .hung
        } catch {
            return .closed
        }
    }
}
