import Certificates
import ChildProcesses
import Foundation
import Geography
import Testing

@Suite(
    "residency row 5: whatever becomes of one geo's node under load, the other geo's clients see nothing", .timeLimit(.minutes(5))
)
struct NodeFaultTests {
    /// How long a client of the geo that is hit may wait: the router's patience, and what a busy machine adds.
    static let limit = Duration.seconds(OwnRouter.patience + 8)

    @Test("killed and started again")
    func killed() async throws {
        try await RunningCluster.with(["--geos", "eu,us", "--plain-inside"]) { cluster in
            let router = try await OwnRouter(in: cluster)
            let node = try cluster.geo("us").node
            try await Self.load(on: router, of: cluster) { load in
                kill(node.pid, SIGKILL)
                try await load.more(of: "us", "are told that the geo is away") { $0 == .status(503) }
                try await load.morePages(of: "eu")
                let restarted = try ChildProcess(node.command[0], Array(node.command.dropFirst()))
                try await load.morePages(of: "us", "eu")
                return {
                    restarted.signal(SIGTERM)
                    await restarted.end()
                }
            }
        }
    }

    @Test("frozen and thawed")
    func frozen() async throws {
        try await RunningCluster.with(["--geos", "eu,us", "--plain-inside"]) { cluster in
            let router = try await OwnRouter(in: cluster)
            let node = try cluster.geo("us").node
            try await Self.load(on: router, of: cluster) { load in
                kill(node.pid, SIGSTOP)
                // Thawed even where the test fails, so that the cluster can stop it.
                defer { kill(node.pid, SIGCONT) }
                try await load.more(of: "us", "are answered in time") { $0 == .status(504) || $0 == .status(503) }
                try await load.morePages(of: "eu")
                kill(node.pid, SIGCONT)
                try await load.morePages(of: "us", "eu")
                return {}
            }
        }
    }

    @Test("slower than the router waits")
    func slow() async throws {
        try await Self.withFaultyLink { load, link in
            link.orders.current = .stalls
            try await load.more(of: "us", "are answered in time") { $0 == .status(504) || $0 == .status(503) }
            try await load.morePages(of: "eu")
        }
    }

    @Test("resetting its connections inside answers")
    func resets() async throws {
        try await Self.withFaultyLink { load, link in
            link.orders.current = .resetsInsideAnswers
            try await load.more(of: "us", "are cut off") { $0 == .closed || $0 == .status(502) || $0 == .status(503) }
            try await load.morePages(of: "eu")
        }
    }

    @Test("with a certificate that has expired, until it has another")
    func expired() async throws {
        try await RunningCluster.with(["--geos", "eu,us"]) { cluster in
            let folder = cluster.description.folder
            let text = try String(contentsOfFile: "\(folder)/topology.yaml", encoding: .utf8)
            let topology = try Topology(yaml: text, named: "topology.yaml")
            let certificates = CertificateFolder("\(folder)/identity")
            let us = LeafPurpose.node(try GeoID("us"))
            let node = try cluster.geo("us").node
            try certificates.issue(us, in: topology, now: Date(timeIntervalSinceNow: -2 * CertificateFolder.leafLifetime))
            kill(node.pid, SIGHUP)
            _ = try await eventually("the node has read it") {
                try String(contentsOfFile: node.log, encoding: .utf8).contains("identity renewed") ? true : nil
            }
            let router = try await OwnRouter(in: cluster)
            try await router.serves("eu", of: cluster)
            let sites = try ["eu": router.portal("eu", of: cluster), "us": router.portal("us", of: cluster)]
            try await SteadyLoad.on(sites) { load in
                try await load.more(of: "us", "are told that the geo is away") { $0 == .status(503) }
                #expect(load["us"].outcomes[.status(200)] == nil)
                try await load.morePages(of: "eu")
                try certificates.issue(us, in: topology)
                kill(node.pid, SIGHUP)
                try await load.morePages(of: "us", "eu")
                #expect(load["eu"].isClean, "eu: \(load["eu"])")
                #expect(Set(load["us"].outcomes.keys) == [.status(200), .status(503)], "us: \(load["us"])")
                #expect(load["us"].longest < Self.limit)
            }
            router.process.signal(SIGTERM)
            #expect(await router.process.end() == 0)
        }
    }

    /// Runs a fault under load, and afterwards looks at what the clients saw.
    ///
    /// - Parameter fault: returns what is to be done when the load is over.
    private static func load(
        on router: OwnRouter, of cluster: RunningCluster, fault: (SteadyLoad) async throws -> () async -> Void
    ) async throws {
        for geo in ["eu", "us"] { try await router.serves(geo, of: cluster) }
        let sites = try ["eu": router.portal("eu", of: cluster), "us": router.portal("us", of: cluster)]
        var cleanUp: () async -> Void = {}
        try await SteadyLoad.on(sites) { load in
            try await load.morePages(of: "us", "eu")
            cleanUp = try await fault(load)
            let (hit, other) = (load["us"], load["eu"])
            #expect(other.isClean, "eu: \(other)")
            #expect(hit.outcomes[.hung] == nil, "us: \(hit)")
            #expect(hit.longest < limit, "us: \(hit)")
            let allowed: Set<SteadyLoad.Outcome> = [.status(200), .status(502), .status(503), .status(504), .closed]
            #expect(Set(hit.outcomes.keys).isSubset(of: allowed), "us: \(hit)")
            #expect(!hit.isClean, "the fault was none: \(hit)")
        }
        await cleanUp()
        router.process.signal(SIGTERM)
        #expect(await router.process.end() == 0)
    }

    /// Puts a relay between a router and us's node, and lets it pass again after the fault.
    private static func withFaultyLink(_ fault: (SteadyLoad, FaultyLink) async throws -> Void) async throws {
        try await RunningCluster.with(["--geos", "eu,us", "--plain-inside"]) { cluster in
            let node = try cluster.geo("us").node.address
            let link = try await FaultyLink.start(to: node)
            let topology = "\(cluster.description.folder)/topology.yaml"
            let text = try String(contentsOfFile: topology, encoding: .utf8)
            // Beside the cluster's own, so that its relative paths stay right.
            let changed = "\(cluster.description.folder)/topology-relayed.yaml"
            try text.replacingOccurrences(of: "address: \(node)\n", with: "address: \(link.address)\n")
                .write(toFile: changed, atomically: true, encoding: .utf8)
            let router = try await OwnRouter(in: cluster, settings: ["PORTOLAN_TOPOLOGY": changed])
            try await load(on: router, of: cluster) { load in
                try await fault(load, link)
                link.orders.current = .passes
                try await load.morePages(of: "us", "eu")
                return {}
            }
            await link.stop()
        }
    }
}
