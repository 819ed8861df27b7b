import ChildProcesses
import Foundation
import Testing

@Suite("A router that goes takes nothing along", .timeLimit(.minutes(5)))
struct RouterFaultTests {
    @Test("of two routers one is killed under load: its clients' connections end at once, the other's clients see nothing")
    func killed() async throws {
        try await RunningCluster.with(["--geos", "eu,us"]) { cluster in
            let (one, other) = (try await OwnRouter(in: cluster), try await OwnRouter(in: cluster))
            for geo in ["eu", "us"] {
                try await one.serves(geo, of: cluster)
                try await other.serves(geo, of: cluster)
            }
            let sites = try [
                "eu by one": one.portal("eu", of: cluster), "us by one": one.portal("us", of: cluster),
                "eu by the other": other.portal("eu", of: cluster), "us by the other": other.portal("us", of: cluster),
            ]
            try await SteadyLoad.on(sites) { load in
                for name in sites.keys { try await load.morePages(of: name) }
                one.process.signal(SIGKILL)
                for name in ["eu by one", "us by one"] { try await load.more(of: name, "find it closed") { $0 == .closed } }
                for name in ["eu by the other", "us by the other"] { try await load.morePages(of: name) }
                for name in sites.keys {
                    let tally = load[name]
                    #expect(tally.isClean == name.hasSuffix("other"), "\(name): \(tally)")
                    #expect(Set(tally.outcomes.keys).isSubset(of: [.status(200), .closed]), "\(name): \(tally)")
                    #expect(tally.longest < NodeFaultTests.limit, "\(name): \(tally)")
                }
            }
            await one.process.end()
            other.process.signal(SIGTERM)
            #expect(await other.process.end() == 0)
        }
    }

    @Test("a router that is told to stop under load answers what it has taken, and its clients see no failed answer")
    func stopped() async throws {
        try await RunningCluster.with(["--geos", "eu,us"]) { cluster in
            let router = try await OwnRouter(in: cluster)
            for geo in ["eu", "us"] { try await router.serves(geo, of: cluster) }
            let sites = try ["eu": router.portal("eu", of: cluster), "us": router.portal("us", of: cluster)]
            try await SteadyLoad.on(sites) { load in
                try await load.morePages(of: "eu", "us")
                router.process.signal(SIGTERM)
                for geo in ["eu", "us"] { try await load.more(of: geo, "find it closed") { $0 == .closed } }
                for geo in ["eu", "us"] {
                    #expect(Set(load[geo].outcomes.keys).isSubset(of: [.status(200), .closed]), "\(geo): \(load[geo])")
                }
            }
            #expect(await router.process.end() == 0)
        }
    }

    @Test("a topology that is swapped again and again under load, and a wrong one in between, cost no client an answer")
    func swapped() async throws {
        try await RunningCluster.with(["--geos", "eu,us"]) { cluster in
            let node = try cluster.geo("us").node.address
            let link = try await FaultyLink.start(to: node)
            let folder = cluster.description.folder
            let original = try String(contentsOfFile: "\(folder)/topology.yaml", encoding: .utf8)
            let relayed = original.replacingOccurrences(of: "address: \(node)\n", with: "address: \(link.address)\n")
            #expect(relayed != original)
            // Beside the cluster's own, which its other processes read.
            let own = "\(folder)/topology-swapped.yaml"
            func swap(_ text: String) throws { try text.write(toFile: own, atomically: true, encoding: .utf8) }
            try swap(original)
            let router = try await OwnRouter(in: cluster, settings: ["PORTOLAN_TOPOLOGY": own])
            for geo in ["eu", "us"] { try await router.serves(geo, of: cluster) }
            let sites = try ["eu": router.portal("eu", of: cluster), "us": router.portal("us", of: cluster)]
            try await SteadyLoad.on(sites) { load in
                for (round, text) in [relayed, original, "geos: []\n", relayed, original].enumerated() {
                    try swap(text)
                    router.process.signal(SIGHUP)
                    _ = try await eventually("the router tells of reading it") {
                        router.process.errors.split(separator: "\n").count { $0.contains(#/topology (not )?loaded/#) } > round
                            ? true : nil
                    }
                    try await load.morePages(of: "us", "eu")
                }
                for geo in ["eu", "us"] { #expect(load[geo].isClean, "\(geo): \(load[geo])") }
            }
            router.process.signal(SIGTERM)
            #expect(await router.process.end() == 0)
            await link.stop()
        }
    }
}
