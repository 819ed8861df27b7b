import ChildProcesses
import Foundation
import Testing

@Suite("Restarting one process after another, as for an upgrade, under load", .timeLimit(.minutes(5)))
struct RollingRestartTests {
    private static let rounds = 3

    @Test("of two routers, fails no request of a client who knows both")
    func routers() async throws {
        try await RunningCluster.with(["--geos", "eu,us"]) { cluster in
            var routers = [try await OwnRouter(in: cluster), try await OwnRouter(in: cluster)]
            for router in routers { for geo in ["eu", "us"] { try await router.serves(geo, of: cluster) } }
            var sites: [String: [Site]] = [:]
            for geo in ["eu", "us"] { sites[geo] = try routers.map { try $0.portal(geo, of: cluster) } }
            let load = try await FailoverLoad.on(sites) { load in
                try await load.morePages(of: "eu", "us")
                for _ in 0..<Self.rounds {
                    for (number, router) in routers.enumerated() {
                        router.process.signal(SIGTERM)
                        #expect(await router.process.end() == 0)
                        try await load.morePages(of: "eu", "us")
                        routers[number] = try await OwnRouter(in: cluster, settings: ["PORTOLAN_LISTEN": router.address])
                        // As whoever upgrades does: the next one goes only when this one serves.
                        for geo in ["eu", "us"] { try await routers[number].serves(geo, of: cluster) }
                        try await load.morePages(of: "eu", "us")
                    }
                }
            }
            for geo in ["eu", "us"] {
                #expect(load[geo].failures.isEmpty, "\(geo): \(load[geo].failures.prefix(5))")
                #expect(load[geo].moved > 0, "no request met a router that was away")
            }
            for router in routers {
                router.process.signal(SIGTERM)
                #expect(await router.process.end() == 0)
            }
        }
    }

    @Test("of each geo's node in turn, fails no request of another geo, and leaves its own clients only answers")
    func nodes() async throws {
        try await RunningCluster.with(["--geos", "eu,us"]) { cluster in
            let router = try await OwnRouter(in: cluster)
            for geo in ["eu", "us"] { try await router.serves(geo, of: cluster) }
            var restarted: [ChildProcess] = []
            for (geo, other) in [("eu", "us"), ("us", "eu")] {
                let sites = try [geo: router.portal(geo, of: cluster), other: router.portal(other, of: cluster)]
                try await SteadyLoad.on(sites) { load in
                    try await load.morePages(of: geo, other)
                    let node = try cluster.geo(geo).node
                    kill(node.pid, SIGTERM)
                    _ = try await eventually("the node has ended") { kill(node.pid, 0) != 0 ? true : nil }
                    try await load.morePages(of: other)
                    restarted.append(try ChildProcess(node.command[0], Array(node.command.dropFirst())))
                    try await load.morePages(of: geo, other)
                    #expect(load[other].isClean, "\(other): \(load[other])")
                    // 504 where a busy machine's kernel does not even refuse within the time for connecting.
                    let answers: Set<SteadyLoad.Outcome> = [.status(200), .status(503), .status(504)]
                    #expect(Set(load[geo].outcomes.keys).isSubset(of: answers), "\(geo): \(load[geo])")
                }
            }
            for node in restarted {
                node.signal(SIGTERM)
                #expect(await node.end() == 0)
            }
            router.process.signal(SIGTERM)
            #expect(await router.process.end() == 0)
        }
    }
}
